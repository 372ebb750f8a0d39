"""The choice of the validator's thresholds from the probabilities of two verifiers."""

from __future__ import annotations

import numpy as np
import pytest

from eval.selection.verifier import HELD_OUT, MOST, chosen, held_out, precise, threshold
from samovar.phrases import LANGUAGES
from training.corpora import requests

RIGHT = np.array([True] * 50 + [False] * 50)
DRAFTED = np.arange(100) % 2 == 0


def chances(good: float, seed: int) -> np.ndarray:
    """Probabilities of a verifier whose two groups lie `good` apart."""
    draw = np.random.default_rng(seed)
    return np.clip(draw.normal(np.where(RIGHT, 0.5 + good, 0.5 - good), 0.15), 0.01, 0.99)


@pytest.mark.parametrize("wrong", [0.0, 0.06, 0.2])
def test_the_threshold_lets_no_more_wrong_texts_pass(wrong: float) -> None:
    found = chances(0.2, 1)
    least = threshold(found, RIGHT, wrong)
    assert (found[~RIGHT] >= least).mean() <= wrong
    assert (found[~RIGHT] >= least - 0.1).mean() > wrong, "a lower one would let too many pass"


def test_all_may_pass_where_all_are_allowed() -> None:
    assert threshold(chances(0.2, 1), RIGHT, 1.0) == 0


@pytest.mark.parametrize("share", [0.5, 0.8, 1.0])
def test_most_of_what_is_accepted_is_right(share: float) -> None:
    found = chances(0.1, 1)
    least = precise(found, RIGHT, share)
    assert RIGHT[found >= least].mean() >= share
    lower = [RIGHT[found >= one].mean() for one in found if one < least]
    assert all(one < share for one in lower), "a lower one would do as well"


def test_nothing_passes_where_the_likeliest_is_wrong() -> None:
    assert precise(np.array([0.9, 0.4]), np.array([False, False]), 0.9) == 1.0


def test_both_verifiers_count_by_what_they_know() -> None:
    small, larger = chances(0.1, 1), chances(0.3, 2)
    found = chosen(small, larger, RIGHT, DRAFTED, 0.06, 0.9)
    assert found.larger > found.small > 0
    joint = np.array([found.joined(a, b) for a, b in zip(small, larger, strict=True)])
    assert (joint >= found.joint)[~RIGHT].mean() <= 0.06
    assert (joint[RIGHT] >= found.joint).mean() > (small[RIGHT] >= found.alone).mean()
    assert (small[RIGHT] < found.doubtful).mean() <= 0.02
    assert RIGHT[DRAFTED & (joint >= found.draft)].mean() >= 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pairs_are_held_out_from_training(language: str) -> None:
    pairs = held_out(language)
    assert {pair.same for pair in pairs} == {True, False}
    texts = {text for pair in pairs for text in (pair.source, pair.text)}
    held = requests.parts(list(requests.training(language)), HELD_OUT)[1]
    assert texts == {text for pair in held for text in (pair.source, pair.text)} & texts
    assert texts.isdisjoint(pair.source for pair in requests.test(language)) and len(pairs) == MOST
