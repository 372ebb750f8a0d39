"""Answer one question from a collection: rank by meaning and words, join, filter, fill up, rerank."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samovar.models.base import Reranker
from samovar.records import Hit
from samovar.search.exact.exactness import exactness
from samovar.search.passages.collection import Collection
from samovar.search.ranking.pool import Vector, pooled
from samovar.search.ranking.question import LONGEST, MODES, MOST, Mode, Question, question
from samovar.search.ranking.reranking import READ, reranked

__all__ = ("LONGEST", "MODES", "MOST", "Found", "Mode", "Question", "Vector", "question", "search")

FIRST_DEPTH = 100
"""Passages fetched from each ranking at first; four times as many when a filter leaves too few."""
DEEPEST = 6400
"""Passages fetched at most so; then the store itself looks among those that pass the filter."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the hits of one question."""

    hits: tuple[Hit, ...]
    removed: int
    """Documents that ranked above the last hit, or anywhere when there are fewer than k hits,
    and did not pass the filters; those beyond the first DEEPEST passages only in the second case."""
    good: bool | None = None
    """Whether the hits are what was asked for, and not only the nearest; None where that is not known."""


def search(
    collection: Collection, asked: Question, vector: Vector | None, reranker: Reranker | None = None
) -> Found:
    """Return the best documents for `asked`, one passage of each.

    Args:
        collection: what is searched.
        asked: the question.
        vector: the question's vector, float32 [dimensions]; None will do in mode bm25.
        reranker: the cross-encoder of mode rerank.

    Raises:
        StoreError: the collection's store does not answer.
    """
    needed = max(asked.k, READ) if reranker else asked.k
    depth = max(FIRST_DEPTH, 4 * needed)
    exact = exactness(collection, asked.text)
    while True:
        pool = pooled(collection, asked, vector, exact, depth)
        everything = depth >= len(collection.passages)
        if len(pool.passed) >= needed or everything:
            break
        if depth >= DEEPEST and asked.filters:
            pool = pooled(collection, asked, vector, exact, depth, beyond=True)
            everything = True
            break
        depth *= 4
    hits = pool.hits(collection, needed)
    if reranker:
        hits = reranked(asked.text, hits, reranker, collection.offsets.spread)
    removed = pool.removed(collection, asked, everything)
    shown = tuple(replace(hit, rank=n) for n, hit in enumerate(hits[: asked.k], 1))
    return Found(shown, removed, pool.good(collection, needed))
