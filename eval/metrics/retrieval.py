"""How good a ranking is, one value a question; the usual definitions, relevance being yes or no."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from typing import Any

from samovar.figures import statistics

DEPTH = 100
"""Average precision looks at so many hits: what one search may return."""


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Return the share of the relevant documents that is among the first `k`.

    >>> recall(["a", "b", "c"], {"b", "x"}, 2)
    0.5
    """
    return len(set(ranked[:k]) & set(relevant)) / len(relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Return 1 / the rank of the first relevant document, 0 beyond `k`."""
    rank = first(ranked[:k], relevant)
    return 1 / rank if rank else 0.0


def ndcg(ranked: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Return the discounted gain of the first `k` over that of a perfect order."""
    gained = sum(1 / math.log2(at + 2) for at, id in enumerate(ranked[:k]) if id in relevant)
    perfect = sum(1 / math.log2(at + 2) for at in range(min(k, len(relevant))))
    return gained / perfect


def average_precision(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return the mean precision at every relevant document, those not in `ranked` counting 0."""
    total = hits = 0.0
    for at, id in enumerate(ranked[:DEPTH], 1):
        if id in relevant:
            hits += 1
            total += hits / at
    return total / len(relevant)


def first(ranked: Sequence[str], relevant: Collection[str]) -> int:
    """Return the rank of the first relevant document, 0 when there is none."""
    return next((at for at, id in enumerate(ranked, 1) if id in relevant), 0)


def compared(second: Sequence[float], first: Sequence[float], seed: int) -> dict[str, Any]:
    """Return how the second row differs from the first on nDCG@10: wins, losses, mean, p."""
    test = statistics.compare(second, first, seed)
    pairs = list(zip(second, first, strict=True))
    return {
        "wins": sum(new > old for new, old in pairs),
        "losses": sum(new < old for new, old in pairs),
        "difference": {key: round(value, 4) for key, value in asdict(test.difference).items()},
        "p": test.p,
    }


METRICS: dict[str, Callable[[Sequence[str], Collection[str]], float]] = {
    "recall_1": lambda ranked, relevant: recall(ranked, relevant, 1),
    "recall_5": lambda ranked, relevant: recall(ranked, relevant, 5),
    "recall_10": lambda ranked, relevant: recall(ranked, relevant, 10),
    "mrr_10": reciprocal_rank,
    "ndcg_10": ndcg,
    "map": average_precision,
}
