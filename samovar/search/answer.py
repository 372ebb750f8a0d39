"""A search with its answer and cost, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from samovar.models.base import Progress
from samovar.models.shelf import shelf
from samovar.phrases import Language
from samovar.records import Cost, Hit
from samovar.search import core
from samovar.search.encyclopedia import answer, ask, encyclopedia
from samovar.search.passages.collection import Collection
from samovar.search.sentences import nearest

WORDS = ("BM25", "bm25s")
"""What the small print names where no model reads the question."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold one search with what it found and what it cost."""

    query: str
    mode: str
    hits: tuple[Hit, ...]
    removed: int
    cost: Cost
    good: bool | None = None
    """Whether the hits are what was asked for, and not only the nearest; None: it is not known."""
    documents: int = 0
    passages: int = 0
    """Of the whole collection."""
    nearest: tuple[str, ...] = ()
    """The sentence of each of the first hits that is nearest to the question; "" where it has one."""


def answered(
    query: str,
    k: float,
    language: Language,
    filters: Mapping[str, Any] | None = None,
    mode: str = "hybrid",
    progress: Progress | None = None,
    own: Collection | None = None,
) -> Answered:
    """Search the encyclopedia, or the visitor's `own` documents, and say what it cost.

    Loading and indexing are not counted.

    Raises:
        SamovarError: as `samovar.search.encyclopedia.ask`.
    """
    if query.strip() and own is None:
        encyclopedia(progress)
    start = perf_counter()
    if own is None:
        result = ask(query, language, k, filters, mode)
    else:
        asked = core.question(query, language, k, mode, filters, own.fields)
        result = answer(own, asked)
    encoder = None if mode == "bm25" else shelf().retriever()
    near = nearest(result.hits, query, encoder)
    cost = _cost((perf_counter() - start) * 1000, mode)
    searched = own or encyclopedia()
    sizes = (len(searched.documents), len(searched.passages))
    return Answered(query, mode, result.hits, result.removed, cost, result.good, *sizes, near)


def _cost(milliseconds: float, mode: str) -> Cost:
    if mode == "bm25":
        return Cost(milliseconds, *WORDS)
    roles = ("retriever", "reranker") if mode == "rerank" else ("retriever",)
    chosen = [shelf().choice(role) for role in roles]
    titles = " + ".join(one.model.title for one in chosen)
    return Cost(milliseconds, titles, " + ".join(dict.fromkeys(one.engine for one in chosen)))
