"""The tables of an experiment, from figures as the training writes them."""

import numpy as np
import pytest

from eval import report
from eval.vocabulary import table
from samovar.settings import ROOT
from training.frame import recipe
from training.tokenizer import figures
from training.tokenizer.figures import Sizes
from training.tokenizer.plan import TokenizerRecipe


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


def saved(value, low, high):
    interval = {"value": value, "low": low, "high": high}
    return {"characters": 1000, "before": 250, "after": 227, "saved_percent": interval}


@pytest.fixture
def result():
    rows = [row("unextended", "start", 0, 1.0)]
    rows += [row(start, "rows", 0, f) for start, f in (("unextended", 0.9), ("mean", 0.81))]
    states = figures.states(rows)
    sizes = Sizes(np.array([10, 20]), np.array([15, 15]))
    return {
        "precision": "fp32",
        "terms": ["kubectl", "etcd"],
        "listed": ["etcd"],
        "entries": 4,
        "tokens": {"domain": saved(9.04, 8.5, 9.96), "general": saved(0, 0, 0.1)},
        "texts": {
            "training_characters": 12345,
            "repeated_sentences_left_out": 6,
            "measured_domain_characters": 30,
            "measured_general_characters": 31,
            "gaps": 7,
            "anchored_terms": 8,
        },
        "stages": [
            {
                "name": "rows",
                "after": "start",
                "trains": "rows",
                "learning_rate": 0.005,
                "steps": 40.0,
                "characters": 60000.0,
                "seconds": 61.4,
            }
        ],
        "samples": [
            {"start": "mean", "stage": "rows", "prompt": "A pod", "written": " is <b>\n\n- a | b"},
        ],
        "proofs": [
            {"start": "mean", "stage": "rows", "tied": True, "difference": 1e-5, "rows": 49160},
            {"start": "mean", "stage": "start", "tied": True, "difference": 0.0, "rows": 49160},
        ],
        "states": figures.summary(states, sizes),
        "compared": figures.compared(states, [("mean", "unextended")]),
    }


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_each_state_is_a_line_with_its_intervals(result):
    lines = table.stages(result)
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


def test_the_texts_are_told_with_their_tokens(result):
    said, _, _, _, domain, general, _ = table.material(result)
    assert said.startswith(
        "2 terms, 1 of them listed by the data set, become 4 entries. 12,345 char"
    )
    assert "7 sentences, anchors on 8 terms" in said
    assert cells(domain) == ["domain", "1,000", "250", "227", "9.0 (8.5 to 10.0)"]
    assert cells(general)[-1] == "0.0 (0.0 to 0.1)"


def test_the_picture_is_the_one_that_the_recipe_draws():
    path = ROOT / "training" / "configs" / "tokenizer-kubernetes.yaml"
    name = recipe.load(path, TokenizerRecipe).name
    (line,) = report.TABLES["tokenizer-picture"].draw({"states": [1, 2]})
    assert line == f"![Four measures of 2 states](../assets/plots/{name}.png)"


def test_a_stage_tells_what_it_trains_and_what_it_took(result):
    lines = table.costs(result)
    assert cells(lines[2]) == [
        *("new rows", "before training", "new rows"),
        *("0.005", "40", "60,000", "61"),
    ]
    assert "with fp32 products" in lines[-4]
    assert lines[-2].startswith("2 states were merged") and "a logit is 1e-05" in lines[-2]
    assert len(table.costs(result | {"proofs": []})) == 6


def test_samples_stand_below_their_prompt_as_plain_text(result):
    assert table.samples(result) == [
        "*A pod*",
        "",
        "- mean of pieces, new rows: is &lt;b&gt; - a | b",
        "",
    ]
