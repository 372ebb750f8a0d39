"""Answer one question from a collection: rank by meaning and words, join, filter, fill up, rerank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samovar.models.base import Reranker
from samovar.records import Hit
from samovar.search.assembly import titled
from samovar.search.collection import Collection
from samovar.search.pool import Vector, pooled
from samovar.search.question import LONGEST, MODES, MOST, Mode, Question, question

__all__ = ("LONGEST", "MODES", "MOST", "Found", "Mode", "Question", "Vector", "question", "search")

FIRST_DEPTH = 100
"""Passages fetched from each ranking at first; four times as many when a filter leaves too few."""
DEEPEST = 6400
"""Passages fetched at most so; then the store itself looks among those that pass the filter."""
RERANKED = 30
"""Documents that the cross-encoder reads, or as many as are asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the hits of one question."""

    hits: tuple[Hit, ...]
    removed: int
    """Documents that ranked above the last hit, or anywhere when there are fewer than k hits,
    and did not pass the filters; those beyond the first DEEPEST passages only in the second case."""


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
    needed = max(asked.k, RERANKED) if reranker else asked.k
    depth = max(FIRST_DEPTH, 4 * needed)
    while True:
        pool = pooled(collection, asked, vector, depth)
        everything = depth >= len(collection.passages)
        if len(pool.passed) >= needed or everything:
            break
        if depth >= DEEPEST and asked.filters:
            pool = pooled(collection, asked, vector, depth, beyond=True)
            everything = True
            break
        depth *= 4
    hits = pool.hits(collection, needed)
    if reranker:
        hits = reranked(asked.text, hits, reranker)
    removed = pool.removed(collection, asked, everything)
    return Found(tuple(replace(hit, rank=n) for n, hit in enumerate(hits[: asked.k], 1)), removed)


def reranked(text: str, hits: Sequence[Hit], reranker: Reranker) -> list[Hit]:
    """Return `hits` in the order of the cross-encoder, which reads each with the question."""
    scores = reranker.score(text, [titled(hit.title, hit.text) for hit in hits])
    order = sorted(range(len(hits)), key=lambda at: (-scores[at], at))
    return [
        replace(hits[at], score=float(scores[at]), rerank_rank=rank)
        for rank, at in enumerate(order, 1)
    ]
