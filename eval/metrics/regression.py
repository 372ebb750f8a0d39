"""Before and after on the same items: is a loss larger than chance and than what is let pass?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samovar.figures import statistics
from samovar.figures.statistics import Interval

ERRORS = 2.0
"""A loss must exceed so many standard errors of the mean difference …"""
LEAST = 0.01
"""… and so much by itself: with many items a loss too small to matter is beyond chance, too."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold a paired comparison of one task: after − before."""

    difference: Interval
    error: float
    """Standard error of the mean difference."""
    p: float
    """Of the paired permutation test; with right and wrong answers it is the exact McNemar test's."""
    gained: int
    """Items whose value rose."""
    lost: int

    def alarming(self, least: float) -> bool:
        """Tell whether the task got worse by more than chance and more than `least` explain."""
        loss = -self.difference.value
        return loss > max(ERRORS * self.error, least)


def changed(before: Sequence[float], after: Sequence[float], seed: int) -> Change:
    """Compare the values of the same items in the same order.

    Raises:
        ValueError: the lengths differ or are zero.
    """
    test = statistics.compare(after, before, seed)
    differences = np.asarray(after, dtype=np.float64) - np.asarray(before, dtype=np.float64)
    spread = float(differences.std(ddof=1)) if len(differences) > 1 else 0.0
    return Change(
        test.difference,
        spread / math.sqrt(len(differences)),
        test.p,
        gained=int((differences > 0).sum()),
        lost=int((differences < 0).sum()),
    )
