"""What both engines of the token classifier share: words as pieces, tags from logits, batches.

A sentence is read as `<s> piece piece … </s>`; each word speaks by its first piece. The tags of a
sentence are the likeliest sequence in which no I-X follows anything but B-X or I-X. The form of a
sentence is written here once; training imports it.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax

from samovar.catalog import Model
from samovar.models.encoders import bert_adapter, encoding, headed_adapter
from samovar.models.encoders.headed_adapter import HeadedWeights
from samovar.models.encoders.plain_tokenizer import signs, tokenizer_of
from samovar.models.files import adapters
from samovar.models.taggers.words import OUTSIDE, Word, sentences, spans
from samovar.phrases import Language
from samovar.records import Markup
from samovar.settings import Settings

ROLE = "ner"
TAGS = (OUTSIDE, *(f"{kind}-{name}" for name in ("PER", "LOC", "ORG", "MISC") for kind in "BI"))
LONGEST = 160
"""Pieces of a part of a sentence; longer sentences are cut between words."""
BATCH = 32
HEAD = ("head.weight", "head.bias")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the pieces of one part of a sentence, and where each of its words begins among them."""

    ids: tuple[int, ...]
    firsts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TokenWeights(HeadedWeights):
    """Hold a checked adapter and how much of the base it wants."""

    layers: int
    """Layers of the base that are kept, counted from the first; 0 keeps all."""


def read(model: Model, settings: Settings) -> TokenWeights:
    """Return the weights of `model`, a row of the catalog with a base.

    Raises:
        ModelError: no such adapter, another base, role or protocol, or files that are damaged.
        StoreError: the cache cannot be written.
    """
    adapter, base, about = headed_adapter.find(model, settings, ROLE, TAGS)
    layers = about.get("layers", 0)
    if not isinstance(layers, int) or layers < 0:
        raise headed_adapter.odd(adapter, "layers", layers)
    head, tensors = headed_adapter.split(adapter, HEAD)
    if head[HEAD[0]].ndim != 2 or not len(head[HEAD[0]]) == len(TAGS) == head[HEAD[1]].size:
        shape = list(head[HEAD[0]].shape)
        raise adapters.broken(adapter.name, adapters.SHAPE, tensor=HEAD[0], shape=shape)
    updates = bert_adapter.updates(adapter, tensors)
    return TokenWeights(adapter, base, encoding.folder(base, settings), updates, head, layers)


class WordPieces:
    """Turn words into pieces of the base's vocabulary."""

    def __init__(self, path: Path, base: Model) -> None:
        """Read the tokenizer file at `path`, that of `base`."""
        self._tokenizer = tokenizer_of(path)
        self._begin, self._end = signs(self._tokenizer, base)
        self._unknown = self._tokenizer.token_to_id("<unk>") or 0
        self._pieces = lru_cache(maxsize=200_000)(self._cut)

    def parts(self, words: Sequence[Word]) -> list[Row]:
        """Return the sentence `words` as one or more rows of at most LONGEST pieces."""
        rows: list[Row] = []
        ids: list[int] = [self._begin]
        firsts: list[int] = []
        for at, word in enumerate(words):
            glued = at > 0 and words[at - 1].end == word.start
            pieces = self._pieces(word.text, glued)
            if len(ids) + len(pieces) >= LONGEST and firsts:
                rows.append(Row((*ids, self._end), tuple(firsts)))
                ids, firsts = [self._begin], []
            firsts.append(len(ids))
            ids += pieces[: LONGEST - 2]
        return [*rows, Row((*ids, self._end), tuple(firsts))]

    def _cut(self, word: str, glued: bool) -> tuple[int, ...]:
        """Return the pieces of one word; behind another without a space it has no space sign."""
        pieces = self._tokenizer.encode(word, add_special_tokens=False)
        ids = list(pieces.ids) or [self._unknown]
        if glued and pieces.tokens:
            bare = pieces.tokens[0].removeprefix("▁")
            known = self._tokenizer.token_to_id(bare) if bare else None
            ids = [known, *ids[1:]] if known is not None else ids[not bare :] or ids
        return tuple(ids)


def padded(rows: Sequence[Row]) -> dict[str, NDArray[np.int64]]:
    """Return `rows` as input_ids and attention_mask, [rows, pieces]."""
    shape = (len(rows), max(len(row.ids) for row in rows))
    inputs = {name: np.zeros(shape, np.int64) for name in ("input_ids", "attention_mask")}
    for at, row in enumerate(rows):
        inputs["input_ids"][at, : len(row.ids)] = row.ids
        inputs["attention_mask"][at, : len(row.ids)] = 1
    return inputs


def decoded(logits: Floats) -> list[str]:
    """Return the likeliest allowed tags for the logits of a sentence's words, [words, tags].

    >>> import numpy as np
    >>> decoded(np.log([[0.6, 0.1, 0.3] + [1e-9] * 6, [0.1, 0.2, 0.7] + [1e-9] * 6]))
    ['B-PER', 'I-PER']
    """
    log_probabilities = log_softmax(logits.astype(np.float64), axis=-1)
    best = log_probabilities[0] + START
    back: list[NDArray[np.int64]] = []
    for row in log_probabilities[1:]:
        paths = best[:, None] + MOVES
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    at = int(best.argmax())
    path = [at]
    for pointers in reversed(back):
        at = int(pointers[at])
        path.append(at)
    return [TAGS[at] for at in reversed(path)]


def _moves() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what a sentence may begin with, [tags], and what may follow what, [tags, tags]."""
    start = np.array([-1e9 if tag.startswith("I-") else 0.0 for tag in TAGS])
    allowed = [
        [0.0 if not after.startswith("I-") or before[2:] == after[2:] else -1e9 for after in TAGS]
        for before in TAGS
    ]
    return start, np.array(allowed)


START, MOVES = _moves()


class TokenTagger(ABC):
    """Tag by an engine's `_batch`; several threads may call one tagger at once."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Read the adapter.

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
        """
        self.model = model
        self.weights = read(model, settings)
        self._pieces = WordPieces(self.weights.folder / "tokenizer.json", self.weights.base)

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "e5"

    def tag(self, texts: Sequence[str], language: Language) -> list[Markup]:
        """Return the spans (PER, LOC, ORG, MISC) of each text; `language` is not looked at.

        The milliseconds of a text are its share of the whole call, by characters.
        """
        began = time.perf_counter()
        cut = [sentences(text) for text in texts]
        tags = iter(self.sentences([words for split in cut for words in split]))
        spans_of_texts = [
            [span for words in split for span in spans(text, words, next(tags))]
            for text, split in zip(texts, cut, strict=True)
        ]
        each = (time.perf_counter() - began) * 1000 / max(1, sum(map(len, texts)))
        return [
            Markup(tuple(own), each * len(text))
            for text, own in zip(texts, spans_of_texts, strict=True)
        ]

    def sentences(self, many: Sequence[Sequence[Word]]) -> list[list[str]]:
        """Return the tags of the words of each sentence."""
        return [decoded(logits) for logits in self.logits(many)]

    def logits(self, many: Sequence[Sequence[Word]]) -> list[Floats]:
        """Return [words, tags] of each sentence; the longest are computed first."""
        parts = [(at, row) for at, words in enumerate(many) for row in self._pieces.parts(words)]
        order = sorted(range(len(parts)), key=lambda at: -len(parts[at][1].ids))
        outputs: list[Floats] = [np.zeros((0, len(TAGS)), np.float32)] * len(parts)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            rows = [parts[at][1] for at in places]
            logits = self._batch(padded(rows))
            for at, row, own in zip(places, rows, logits, strict=True):
                outputs[at] = own[list(row.firsts)]
        joined: list[list[Floats]] = [[] for _ in many]
        for (at, _), own in zip(parts, outputs, strict=True):
            joined[at].append(own)
        return [np.concatenate(own) for own in joined]

    @abstractmethod
    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> Floats:
        """Return the logits of one batch, [rows, pieces, tags]."""
