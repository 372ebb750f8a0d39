"""Choose a few paraphrases that are near to the original in meaning and unlike each other in words."""

from __future__ import annotations

from collections.abc import Sequence

from samovar.paraphrase.words import likeness
from samovar.records import Variant

WEIGHT = 0.9
"""Of likeness in meaning to the original, against novelty beside those taken. Similarities of variants lie
within a few hundredths, the part of equal n-grams does not, so that the first needs the larger weight."""
TWIN = 0.93
"""Two variants this alike count as near copies of each other."""


def select(variants: Sequence[Variant], n: int) -> list[int]:
    """Return the positions of at most `n` variants by maximal marginal relevance.

    Near copies of a variant already taken are never taken. Source: Carbonell & Goldstein 1998.
    """
    left, taken = list(range(len(variants))), list[int]()
    while left and len(taken) < n:
        nearest = {at: _nearest(at, taken, variants) for at in left}
        left = [at for at in left if nearest[at] < TWIN]
        if left:
            best = max(
                left,
                key=lambda at: WEIGHT * variants[at].similarity - (1 - WEIGHT) * nearest[at],
            )
            taken.append(best)
            left.remove(best)
    return taken


def _nearest(at: int, taken: Sequence[int], variants: Sequence[Variant]) -> float:
    return max((likeness(variants[at].text, variants[t].text) for t in taken), default=0.0)
