"""Calibrated probabilities: the temperatures of logits, and how far probabilities are from the truth.

Source: Guo et al. 2017, On Calibration of Modern Neural Networks, https://arxiv.org/abs/1706.04599; for
a temperature of each case see samovar.models.pairs.calibration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from samovar.models.pairs.calibration import Temperatures

BINS = 15
COLDEST, HOTTEST = 0.2, 5.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Hold the answers whose probability lies in one interval."""

    count: int
    confidence: float
    """Mean probability of the chosen class."""
    accuracy: float


def temperatures(logits: NDArray[np.float32], classes: NDArray[np.int64]) -> Temperatures:
    """Return the two temperatures with the least mean negative log-likelihood.

    `logits` are [cases, labels]; a class equal to the number of labels means "any but the first".
    """
    return _fitted(logits, classes, lambda logs: Temperatures(*np.exp(logs)), 2)


def temperature(logits: NDArray[np.float32], classes: NDArray[np.int64]) -> Temperatures:
    """Return the one temperature with the least mean negative log-likelihood, where two would be too many.

    For the arguments see `temperatures`.
    """
    return _fitted(logits, classes, lambda logs: Temperatures(*np.exp([*logs, *logs])), 1)


def _fitted(
    logits: NDArray[np.float32],
    classes: NDArray[np.int64],
    shaped: Callable[[NDArray[np.float64]], Temperatures],
    size: int,
) -> Temperatures:
    """Return the best of the temperatures that `shaped` makes of `size` logarithms."""

    def cost(logs: NDArray[np.float64]) -> float:
        probabilities = shaped(logs).probabilities(logits)
        known = classes < logits.shape[1]
        exact = probabilities[
            np.arange(len(probabilities)), np.minimum(classes, logits.shape[1] - 1)
        ]
        right = np.where(known, exact, probabilities[:, 1:].sum(axis=1))
        return float(-np.log(np.maximum(right, np.finfo(float).tiny)).mean())

    bounds = [tuple(np.log([COLDEST, HOTTEST]))] * size
    best = minimize(cost, np.zeros(size), method="Nelder-Mead", bounds=bounds)
    found = shaped(best.x)
    return Temperatures(round(float(found.sure), 4), round(float(found.torn), 4))


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
