"""Temperatures of logits, and the calibration error."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import entr, softmax

from training.frame.calibration import expected_error, reliability, temperature, temperatures


@pytest.fixture(scope="module")
def drawn():
    """Logits that are calibrated, and classes drawn by them."""
    rng = np.random.default_rng(0)
    true = rng.normal(0, 1.5, (4000, 3)).astype(np.float32)
    classes = np.array([rng.choice(3, p=row) for row in softmax(true.astype(np.float64), axis=1)])
    return true, classes


@pytest.mark.parametrize(("sure", "torn"), [(3.0, 3.0), (1.5, 4.0)])
def test_temperatures_are_found_again(drawn, sure, torn):
    """Logits are bent so that exactly these temperatures straighten them."""
    true, classes = drawn
    bent = true.copy()
    for _ in range(60):  # a fixed point: the bent logits times their own temperature
        doubt = entr(softmax(bent, axis=1)).sum(axis=1, keepdims=True) / np.log(3)
        bent = true * sure ** (1 - doubt) * torn**doubt
    found = temperatures(bent, classes)
    assert (found.sure, found.torn) == pytest.approx((sure, torn), rel=0.15)
    probabilities = found.probabilities(bent)
    assert (probabilities.argmax(1) == bent.argmax(1)).all()
    assert (
        expected_error(reliability(probabilities.max(1), probabilities.argmax(1) == classes)) < 0.03
    )


def test_one_temperature_is_found_again(drawn):
    true, classes = drawn
    for heat in (0.5, 2.0):
        found = temperature(true * np.float32(heat), classes)
        assert found.sure == found.torn == pytest.approx(heat, rel=0.05)


def test_calibration_error(drawn):
    true, classes = drawn
    probabilities = softmax(true.astype(np.float64), axis=1)
    right = probabilities.argmax(1) == classes
    assert expected_error(reliability(probabilities.max(1), right)) < 0.03
    assert expected_error(reliability(np.ones(4000), right)) == pytest.approx(1 - right.mean())
