"""Answer one question from a collection: rank by meaning and by words, join, filter, fill up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from samovar import checks
from samovar.phrases import LANGUAGES, Language
from samovar.records import Hit
from samovar.search import filters
from samovar.search.collection import Collection
from samovar.search.fusion import fused
from samovar.search.words import script

Mode = Literal["hybrid", "dense", "bm25"]
MODES: tuple[Mode, ...] = get_args(Mode)
LONGEST = 2000
"""Characters of a question."""
MOST = 100
"""Hits that one search may return."""
FIRST_DEPTH = 100
"""Passages fetched from each ranking at first; four times as many when a filter leaves too few."""
Vector = NDArray[np.float32]
SCRIPTS = {"en": "LATIN", "ru": "CYRILLIC"}


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one checked search; `filters` as `samovar.search.filters.checked` returns them."""

    text: str
    k: int
    mode: Mode
    filters: Mapping[str, str]
    language: Language = "en"
    """Of a question whose letters do not tell: `42`."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the hits of one question."""

    hits: tuple[Hit, ...]
    removed: int
    """Documents that ranked above the last hit, or anywhere when there are fewer than k hits,
    and did not pass the filters."""


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Hold documents in order, each with the place of its best passage and that passage's score."""

    best: Mapping[int, tuple[int, float]]

    @property
    def order(self) -> list[int]:
        return list(self.best)

    def ranks(self) -> dict[int, int]:
        return {document: rank for rank, document in enumerate(self.best, 1)}


def question(
    text: object,
    k: object = 10,
    mode: object = "hybrid",
    wanted: object = None,
    asked_in: object = "en",
    fields: Sequence[str] = (),
) -> Question:
    """Return a question that keeps the rules.

    Raises:
        InputError: a blank or too long text, `k` out of range, an unknown mode, field or language.
    """
    said = checks.text(text, LONGEST, "query").strip()
    number = checks.whole(k, 1, MOST, "k")
    chosen = checks.choice(mode, MODES, "mode")
    spoken = checks.choice(asked_in, LANGUAGES, "language")
    return Question(
        said,
        number,
        next(mode for mode in MODES if mode == chosen),
        filters.checked(wanted, fields),
        next(language for language in LANGUAGES if language == spoken),
    )


def search(collection: Collection, asked: Question, vector: Vector | None) -> Found:
    """Return the best documents for `asked`, one passage of each.

    Args:
        collection: what is searched.
        asked: the question.
        vector: the question's vector, float32 [dimensions]; None will do in mode bm25.
    """
    depth = max(FIRST_DEPTH, 4 * asked.k)
    while True:
        found, passed = _searched(collection, asked, vector, depth)
        if passed >= asked.k or depth >= len(collection.passages):
            return found
        depth *= 4


def _searched(
    collection: Collection, asked: Question, vector: Vector | None, depth: int
) -> tuple[Found, int]:
    dense = words = _Ranking({})
    if asked.mode != "bm25" and vector is not None:
        dense = _documents(collection, collection.nearest(vector, depth))
    if asked.mode != "dense":
        words = _documents(collection, collection.words.search(asked.text, depth))
    hits: list[Hit] = []
    removed = passed = 0
    hit = _hits(collection, dense, words)
    for document, score in _order(collection, asked, dense, words):
        if not filters.passes(collection.documents[document], asked.filters):
            removed += passed < asked.k
            continue
        passed += 1
        if passed <= asked.k:
            hits.append(hit(passed, document, score))
    return Found(tuple(hits), removed), passed


def _documents(collection: Collection, passages: Sequence[tuple[int, float]]) -> _Ranking:
    best: dict[int, tuple[int, float]] = {}
    for passage, score in passages:
        best.setdefault(collection.passages[passage].owner, (passage, score))
    return _Ranking(best)


def _order(
    collection: Collection, asked: Question, dense: _Ranking, words: _Ranking
) -> list[tuple[int, float]]:
    if asked.mode != "hybrid":
        only = words if asked.mode == "bm25" else dense
        return [(document, score) for document, (_, score) in only.best.items()]
    own = _script(asked)
    others = {at for at in dense.best if collection.scripts[at] not in (own, "")}
    return fused(dense.order, words.order, others)


def _script(asked: Question) -> str:
    return script(asked.text) or SCRIPTS[asked.language]


def _hits(
    collection: Collection, dense: _Ranking, words: _Ranking
) -> Callable[[int, int, float], Hit]:
    by_meaning, by_words = dense.ranks(), words.ranks()

    def hit(rank: int, at: int, score: float) -> Hit:
        document = collection.documents[at]
        meaning, word = by_meaning.get(at), by_words.get(at)
        better = words if meaning is None or (word or meaning) < meaning else dense
        text = collection.passages[better.best[at][0]].text
        title, metadata = document.title, document.metadata
        return Hit(rank, score, document.id, title, text, metadata, word, meaning)

    return hit
