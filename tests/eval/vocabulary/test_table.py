"""The tables of an experiment, from figures as the training writes them."""

import numpy as np
import pytest

from eval.vocabulary import table
from training.tokenizer import figures
from training.tokenizer.figures import Sizes


def row(start, stage, seed, factor):
    return {
        "start": start,
        "stage": stage,
        "seed": seed,
        "domain": [10 * factor, 20 * factor],
        "general": [15 * factor, 15 * factor],
        "cosine": [0.5],
        "margin": [0.25],
        "rank_among_terms": [2],
        "rank_in_vocabulary": [1234],
    }


@pytest.fixture
def result():
    rows = [row("unextended", "start", 0, 1.0)]
    rows += [row(start, "rows", 0, f) for start, f in (("unextended", 0.9), ("mean", 0.81))]
    states = figures.states(rows)
    sizes = Sizes(np.array([10, 20]), np.array([15, 15]))
    return {
        "terms": ["kubectl", "etcd"],
        "entries": 4,
        "tokens": {"domain": {"saved_percent": {"value": 9.04, "low": 8.5, "high": 9.96}}},
        "states": figures.summary(states, sizes),
        "compared": figures.compared(states, [("mean", "unextended")]),
    }


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_each_state_is_a_line_with_its_intervals(result):
    lines = table.stages(result)
    assert lines[0].startswith("2 terms, 4 entries: held-out domain text has 9.0 (8.5 to 10.0) %")
    assert cells(lines[-2]) == [
        "new rows",
        "mean of pieces",
        "0.8100 (0.8100 to 0.8100)",
        "-19.00 (-19.00 to -19.00)",
        "0.250 (0.250 to 0.250)",
        "0.500 (0.500 to 0.500)",
        "1,234",
    ]
    assert cells(lines[-3])[-1] == ""  # the base's terms are no tokens


def test_a_rival_is_compared_at_the_stages_of_both(result):
    lines = table.compared(result)
    assert len(lines) == 4
    assert cells(lines[2])[:4] == [
        "new rows",
        "mean of pieces",
        "not extended",
        "-10.00 (-10.00 to -10.00)",
    ]
    assert all(len(cells(line)) == len(cells(lines[0])) for line in lines[:3])


def test_a_stage_of_another_name_keeps_it(result):
    result["states"][-1]["stage"] = "all at once"
    assert "| all at once | mean of pieces |" in "\n".join(table.stages(result))
