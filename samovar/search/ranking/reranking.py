"""Put the best hits in another order, by a cross-encoder that reads each together with the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from samovar.models.base import Reranker
from samovar.records import Hit
from samovar.search.passages.assembly import titled

READ = 30
"""Documents that the cross-encoder reads; the others follow in the order that they had."""
WEIGHTS = {"rerank-e5": 0.01}
"""Reranker → what one point of its score is worth, in spreads of the encoder; see `joined`.

Chosen on sets that do not measure the search (`python -m eval.selection.rerank_weight`). It belongs to one
adapter: another one needs another weight. Those of the Hub were trained on far more questions; they
are not listed, and their order counts alone.
"""


def reranked(text: str, hits: Sequence[Hit], reranker: Reranker, spread: float) -> list[Hit]:
    """Return `hits` with the first READ of them in the order of the question `text`.

    The score of a hit that was not read is at most that of the last one that was: all that is known
    is that it is not higher.

    Args:
        text: the question.
        hits: best first.
        reranker: the cross-encoder.
        spread: of the encoder that ranked the hits, 1 less the mean cosine of two texts.
    """
    read, rest = hits[:READ], hits[READ:]
    if not read:
        return []
    scores = reranker.score(text, [titled(hit.title, hit.text) for hit in read]).tolist()
    if reranker.name in WEIGHTS:
        weight = WEIGHTS[reranker.name] * spread
        scores = joined([hit.score for hit in read], scores, weight)
    order = sorted(range(len(read)), key=lambda at: (-scores[at], at))
    reordered = [
        replace(read[at], score=scores[at], rerank_rank=rank) for rank, at in enumerate(order, 1)
    ]
    lowest = reordered[-1].score
    return [*reordered, *(replace(hit, score=min(hit.score, lowest)) for hit in rest)]


def joined(before: Sequence[float], scores: Sequence[float], weight: float) -> list[float]:
    """Return the scores of a ranking with those of the reranker added, `weight` each.

    A small reranker knows other things than the ranking before it, not more: it sees which word of
    the text answers which of the question, and was trained for that on far fewer texts than the encoder
    has read. So it moves hits whose scores are near each other.

    >>> joined([0.9, 0.8], [-1.0, 4.0], 0.1)
    [0.8, 1.2000000000000002]
    """
    return [one + weight * two for one, two in zip(before, scores, strict=True)]
