"""Calibrated probabilities: one temperature for all logits, and how far they are from the truth.

Source: Guo et al. 2017, On Calibration of Modern Neural Networks, https://arxiv.org/abs/1706.04599.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

BINS = 15
COLDEST, HOTTEST = 0.2, 5.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Hold the answers whose probability lies in one interval."""

    count: int
    confidence: float
    """Mean probability of the chosen class."""
    accuracy: float


def temperature(logits: NDArray[np.float32], classes: NDArray[np.int64]) -> float:
    """Return the temperature with the least mean negative log-likelihood.

    `logits` are [cases, labels]; a class equal to the number of labels means "any but the first".
    """

    def cost(heat: float) -> float:
        shares = _log_softmax(logits / heat)
        known = classes < logits.shape[1]
        exact = shares[np.arange(len(shares)), np.minimum(classes, logits.shape[1] - 1)]
        others = np.logaddexp.reduce(shares[:, 1:], axis=1)
        return float(-np.where(known, exact, others).mean())

    found = minimize_scalar(cost, bounds=(COLDEST, HOTTEST), method="bounded")
    return float(found.x)


def reliability(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> list[Bin]:
    """Return the bins of equal width that hold any answer, the lowest first."""
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return [
        Bin(int(own.sum()), float(confidence[own].mean()), float(right[own].mean()))
        for number in range(BINS)
        if (own := places == number).any()
    ]


def expected_error(bins: list[Bin]) -> float:
    """Return the expected calibration error (ECE), 0 to 1."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.accuracy - one.confidence) for one in bins) / total


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = logits - logits.max(axis=1, keepdims=True)
    found: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return found
