"""Probabilities out of logits by a temperature that depends on how sure the logits are.

Source: Balanya, Maroñas and Ramos 2022, Adaptive Temperature Scaling for Robust Calibration of Deep
Neural Networks, https://arxiv.org/abs/2208.00461 (entropy-based temperature scaling).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import entr, softmax


@dataclass(frozen=True, slots=True)
class Temperatures:
    """Hold the two ends of the scale; equal ones are plain temperature scaling."""

    sure: float
    """Of logits that leave no doubt: entropy 0."""
    torn: float
    """Of logits that are all equal: the highest entropy."""

    def probabilities(self, logits: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return probabilities [cases, labels] of `logits` of the same shape.

        The logarithm of the temperature grows in step with the entropy of softmax(logits); the order of
        the labels stays.

        >>> [round(float(p), 2) for p in Temperatures(1, 2).probabilities(np.array([[2.0, 0, 0]]))[0]]
        [0.65, 0.17, 0.17]
        """
        exact = np.asarray(logits, dtype=np.float64)
        doubt = entr(softmax(exact, axis=1)).sum(axis=1, keepdims=True) / np.log(exact.shape[1])
        heat = self.sure ** (1 - doubt) * self.torn**doubt
        return np.asarray(softmax(exact / heat, axis=1))
