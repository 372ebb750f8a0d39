"""Multinomial logistic regression on unit vectors, fitted with numpy alone.

Fifteen thousand texts of 151 classes take a minute, a visitor's five hundred a tenth of a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
STEPS = 300
"""Of accelerated gradient descent: more changed no prediction on CLINC150's validation part."""


@dataclass(frozen=True, slots=True)
class Regression:
    """Hold the fitted plane of every class."""

    weights: Array
    """float32 [classes, dimensions]"""
    bias: Array
    """float32 [classes]"""

    def probabilities(self, vectors: Array) -> Array:
        """Return the probability of each class, float32 [texts, classes]."""
        return _softmax(vectors @ self.weights.T + self.bias)


def fit(vectors: Array, labels: NDArray[np.int64], classes: int, penalty: float) -> Regression:
    """Fit by Nesterov's accelerated gradient, `penalty` / 2 · |weights|² added to the mean loss.

    The vectors of one encoder fill a narrow cone: they are centred and brought to unit variance
    for the descent, and the planes are then written for the vectors as they were.
    Source: Nesterov 1983, with the restart of O'Donoghue & Candès 2015.
    """
    mean = vectors.mean(0)
    scale = np.float32(1 / max(float(np.linalg.norm(vectors - mean, axis=1).mean()), 1e-6))
    inputs = np.hstack([(vectors - mean) * scale, np.ones((len(vectors), 1), np.float32)])
    wanted = np.eye(classes, dtype=np.float32)[labels]
    decay = np.full(inputs.shape[1], penalty, np.float32)
    decay[-1] = 0  # the bias is free
    spread = float(np.linalg.eigvalsh(inputs.T @ inputs / len(inputs))[-1])
    rate = np.float32(1 / (spread / 2 + penalty))  # 1/2 bounds the curvature of softmax
    planes = ahead = np.zeros((classes, inputs.shape[1]), np.float32)
    momentum = 1.0
    for _ in range(STEPS):
        error = _softmax(inputs @ ahead.T) - wanted
        slope = error.T @ inputs / len(inputs) + ahead * decay
        moved = ahead - rate * slope
        uphill = float(np.vdot(slope, moved - planes)) > 0
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        push = 0.0 if uphill else (momentum - 1) / following
        ahead = moved + np.float32(push) * (moved - planes)
        planes, momentum = moved, 1.0 if uphill else following
    weights = planes[:, :-1] * scale
    return Regression(weights, planes[:, -1] - weights @ mean)


def _softmax(logits: Array) -> Array:
    powers: Array = np.exp(logits - logits.max(1, keepdims=True))
    powers /= powers.sum(1, keepdims=True)
    return powers
