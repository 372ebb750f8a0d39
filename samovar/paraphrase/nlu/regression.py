"""Multinomial logistic regression on unit vectors: fitted by scikit-learn, applied by numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
STEPS = 300


@dataclass(frozen=True, slots=True)
class Regression:
    """Hold the fitted plane of every class."""

    weights: Array
    """float32 [classes, dimensions]"""
    bias: Array
    """float32 [classes]"""

    def probabilities(self, vectors: Array) -> Array:
        """Return the probability of each class, float32 [texts, classes]."""
        logits = vectors @ self.weights.T + self.bias
        powers: Array = np.exp(logits - logits.max(1, keepdims=True))
        powers /= powers.sum(1, keepdims=True)
        return powers


def fit(vectors: Array, labels: NDArray[np.int64], classes: int, strength: float) -> Regression:
    """Fit by L-BFGS; `strength` is scikit-learn's C, and every class has an example.

    The vectors of one encoder fill a narrow cone: they are centred and brought to a mean length of
    one for the fit, and the planes are then written for the vectors as they were.
    """
    from sklearn.linear_model import LogisticRegression

    mean = vectors.mean(0)
    scale = np.float32(1 / max(float(np.linalg.norm(vectors - mean, axis=1).mean()), 1e-6))
    fitted = LogisticRegression(C=strength, max_iter=STEPS).fit((vectors - mean) * scale, labels)
    weights, bias = (np.asarray(part, np.float32) for part in (fitted.coef_, fitted.intercept_))
    if classes == 2:  # scikit-learn keeps one plane between two classes
        half = np.float32(0.5)
        weights, bias = np.vstack([-weights, weights]) * half, np.append(-bias, bias) * half
    weights *= scale
    return Regression(weights, bias - weights @ mean)
