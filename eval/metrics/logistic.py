"""Logistic regression and thresholds for two classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Floats = NDArray[np.float64]


def fit(rows: NDArray[Any], labels: NDArray[Any], weights: NDArray[Any]) -> tuple[float, Floats]:
    """Return intercept and coefficients of a weighted logistic regression on standardised columns."""
    scaler = StandardScaler().fit(rows, sample_weight=weights)
    regression = LogisticRegression().fit(scaler.transform(rows), labels, sample_weight=weights)
    coefficients: Floats = regression.coef_[0] / scaler.scale_
    return float(regression.intercept_[0] - coefficients @ scaler.mean_), coefficients


def accuracy(said: NDArray[Any], truth: NDArray[Any]) -> float:
    """Return the share of right answers."""
    return float((said == truth).mean())


def best_threshold(scores: NDArray[Any], truth: NDArray[Any]) -> float:
    """Return the middle of the thresholds, in steps of 0.005, that are most accurate."""
    thresholds = np.arange(0.2, 0.8, 0.005)
    right = np.array([accuracy(scores >= threshold, truth) for threshold in thresholds])
    return float(np.median(thresholds[right >= right.max() - 1e-9]))


def curve(scores: NDArray[Any], truth: NDArray[Any], points: int) -> list[dict[str, float]]:
    """Return precision and recall of `points` thresholds from 0 to 1, those that pass something."""
    rows = []
    for threshold in np.linspace(0, 1, points):
        passed = scores >= threshold
        if passed.any():
            precision, recall = truth[passed].mean(), passed[truth].mean()
            row = {"threshold": threshold, "precision": precision, "recall": recall}
            rows.append({name: round(float(value), 4) for name, value in row.items()})
    return rows
