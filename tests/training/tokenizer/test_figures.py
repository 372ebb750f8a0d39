"""Figures over seeds and cases, and their intervals."""

import json

import numpy as np
import pytest

from training.tokenizer import figures
from training.tokenizer.figures import Sizes

SIZES = Sizes(np.array([10, 20, 30]), np.array([10, 10, 10]))


def row(start, stage, seed, factor=1.0, rank=1):
    return {
        "start": start,
        "stage": stage,
        "seed": seed,
        "domain": [10 * factor, 20 * factor, 30 * factor],
        "general": [5 * factor, 6 * factor, 7 * factor],
        "cosine": [0.5, 0.7],
        "margin": [0.1, 0.3],
        "rank_among_terms": [rank, 2],
        "rank_in_vocabulary": [40, 0],
    }


def found(*rows):
    return figures.states(rows)


BASE = row("unextended", "start", 0)


def test_a_loss_is_per_character_and_a_change_in_percent_of_the_base():
    ends = [row("mean", "rows", seed, 1.1) for seed in range(3)]
    base, end = figures.summary(found(BASE, *ends), SIZES)
    assert base["domain"]["value"] == pytest.approx(1.0)
    assert end["domain"]["value"] == pytest.approx(1.1)
    assert end["general_change_percent"] == pytest.approx({"value": 10, "low": 10, "high": 10})
    assert base["general_change_percent"]["value"] == 0
    assert end["reciprocal_rank"]["value"] == pytest.approx(0.75)
    assert base["median_rank"] is None and end["median_rank"] == 40


def test_seeds_that_differ_widen_the_interval():
    same = [row("mean", "rows", seed, 1.1) for seed in range(3)]
    other = [row("mean", "rows", seed, 1 + seed / 10) for seed in range(3)]
    narrow, wide = (figures.summary(found(BASE, *r), SIZES)[1]["domain"] for r in (same, other))
    assert narrow["high"] - narrow["low"] < 1e-9
    assert wide["high"] - wide["low"] > 0.1
    assert wide["value"] == pytest.approx(narrow["value"])


def test_texts_that_differ_widen_it_too_even_with_one_seed():
    uneven = row("mean", "rows", 0) | {"domain": [1.0, 2.0, 90.0]}
    end = figures.summary(found(BASE, uneven), SIZES)[1]["domain"]
    assert end["low"] < end["value"] < end["high"]


def test_models_are_compared_stage_by_stage_on_the_same_cases():
    rows = [BASE, row("mean", "start", 0, 1.2, rank=2)]
    rows += [row("mean", "rows", seed, 0.9 + seed / 100) for seed in range(3)]
    rows += [row("unextended", "rows", seed, 1.0 + seed / 100) for seed in range(3)]
    start, end = figures.compared(found(*rows), [("mean", "unextended"), ("mean", "random")])
    assert (start["stage"], end["stage"]) == ("start", "rows")
    assert start["domain_percent"]["value"] == pytest.approx(20)
    assert end["domain_percent"]["value"] == pytest.approx(100 * (0.91 / 1.01 - 1))
    assert end["domain_percent"]["high"] < 0
    assert start["reciprocal_rank"]["value"] == pytest.approx(-0.25)


def test_a_state_measured_once_counts_for_every_seed_of_the_other():
    rows = [BASE, row("mean", "start", 0)]
    rows += [row("random", "start", seed, 1.5) for seed in range(3)]
    compared = figures.compared(found(*rows), [("mean", "random")])
    assert compared[0]["domain_percent"]["value"] == pytest.approx(100 * (1 / 1.5 - 1))
    assert json.dumps(compared)  # plain values, as the result stores them
