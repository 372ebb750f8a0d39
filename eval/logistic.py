"""Logistic regression, ranking measures and resampling for two classes, in numpy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

RIDGE = 1.0
"""Strength of the penalty on standardised coefficients; no effect worth naming on thousands of pairs."""
STEPS = 50
DRAWS = 1000

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def fit(rows: NDArray[Any], labels: NDArray[Any], weights: NDArray[Any]) -> tuple[float, Floats]:
    """Return intercept and coefficients of a weighted ridge logistic regression, by Newton's steps."""
    middle = np.average(rows, axis=0, weights=weights)
    spread = np.sqrt(np.average((rows - middle) ** 2, axis=0, weights=weights))
    spread[spread == 0] = 1
    known = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    penalty = np.diag([0.0, *[RIDGE] * rows.shape[1]])
    found = np.zeros(known.shape[1])
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-known @ found))
        slope = known.T @ (weights * (guess - labels)) + penalty @ found
        bend = (known * (weights * guess * (1 - guess))[:, None]).T @ known + penalty
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-8:
            break
    coefficients = found[1:] / spread
    return float(found[0] - coefficients @ middle), coefficients


def accuracy(said: NDArray[Any], truth: NDArray[Any]) -> float:
    """Return the share of right answers."""
    return float((said == truth).mean())


def best_threshold(scores: NDArray[Any], truth: NDArray[Any]) -> float:
    """Return the middle of the thresholds, in steps of 0.005, that are most accurate."""
    lines = np.arange(0.2, 0.8, 0.005)
    right = np.array([accuracy(scores >= line, truth) for line in lines])
    return float(np.median(lines[right >= right.max() - 1e-9]))


def average_precision(scores: NDArray[Any], truth: NDArray[Any]) -> float:
    """Return the mean precision at each true one, the highest score first; ties count together."""
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(truth[order])
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    gained = np.diff(hits[last], prepend=0)
    return float((gained * hits[last] / (last + 1)).sum() / max(hits[-1], 1))


def curve(scores: NDArray[Any], truth: NDArray[Any], points: int) -> list[dict[str, float]]:
    """Return precision and recall of `points` thresholds from 0 to 1, those that pass something."""
    found = []
    for line in np.linspace(0, 1, points):
        passed = scores >= line
        if passed.any():
            precision, recall = truth[passed].mean(), passed[truth].mean()
            row = {"threshold": line, "precision": precision, "recall": recall}
            found.append({name: round(float(value), 4) for name, value in row.items()})
    return found


def resampled(statistic: Callable[[Places], float], size: int, seed: int) -> list[float]:
    """Return the middle 95 % of `statistic` over resampled pairs (bootstrap)."""
    random = np.random.default_rng(seed)
    drawn = [statistic(random.integers(0, size, size)) for _ in range(DRAWS)]
    return [round(float(edge), 4) for edge in np.quantile(drawn, (0.025, 0.975))]
