"""Targets and loss of pairs; captions the other way round."""

from __future__ import annotations

import pytest
import torch
from labelled_pairs import pairs
from scipy.special import entr

from training.frame.batches import ordered, padded
from training.frame.recipe import Training
from training.lessons.inference.natural_inference import (
    OPEN,
    logits_of,
    mirrored,
    pair_loss,
    targets,
)


@pytest.mark.parametrize(
    ("logits", "label", "expected"),
    [
        ([9.0, 0.0, 0.0], "entailment", 0.0),
        ([0.0, 9.0, 0.0], "not_entailment", 0.0),  # neutral will do
        ([0.0, 0.0, 9.0], "not_entailment", 0.0),  # and so will contradiction
        ([9.0, 0.0, 0.0], "not_entailment", 8.3),
        ([9.0, 0.0, 0.0], "not_contradiction", 0.0),
        ([0.0, 9.0, 0.0], "not_contradiction", 0.0),
        ([0.0, 0.0, 9.0], "not_contradiction", 8.3),
        ([0.0, 0.0, 0.0], "neutral", 1.1),
    ],
)
def test_loss(logits, label, expected):
    found = pair_loss(torch.tensor([logits]), targets([label]), 0.0)
    assert found.item() == pytest.approx(expected, abs=0.05)


def test_smoothing_makes_certainty_cost_something():
    sure = torch.tensor([[30.0, 0.0, 0.0]])
    aims = targets(["entailment"])
    assert pair_loss(sure, aims, 0.1) > pair_loss(sure, aims, 0.0) + 1


def test_the_probabilities_of_a_teacher_train_as_they_are():
    """The loss is lowest where the model says the same as the teacher."""
    probabilities = torch.tensor([[0.5, 0.3, 0.2]])
    aims = torch.cat([probabilities, torch.zeros(1, len(OPEN))], dim=1)
    same, other = probabilities.log(), torch.tensor([[0.2, 0.3, 0.5]]).log()
    assert pair_loss(same, aims, 0.0).item() == pytest.approx(
        entr(probabilities.numpy()).sum(), abs=1e-5
    )
    assert pair_loss(other, aims, 0.0) > pair_loss(same, aims, 0.0) + 0.1


def test_captions_exclude_each_other_both_ways_or_neither():
    labels = {"contradiction": "contradiction"}
    own = [pair for pair in pairs() if pair.origin == "snli_cad"]
    assert [(pair.premise, pair.hypothesis, pair.label) for pair in mirrored(own)] == [
        (pair.hypothesis, pair.premise, labels.get(pair.label, "not_contradiction"))
        for pair in own
        if pair.label != "not_entailment"
    ]
    assert not mirrored([pair for pair in pairs() if pair.origin != "snli_cad"])


def test_logits_come_back_in_their_order():
    rows = [[5] * 3, [7], [6] * 2, [9] * 4]

    def network(input_ids):
        return input_ids[:, :1].expand(-1, 3)

    batches = ordered(
        rows, len, lambda some: {"input_ids": padded(some, 0)}, 2, torch.device("cpu")
    )
    found = logits_of(network, batches, len(rows), Training(precision="fp32"))
    assert found.tolist() == [[5] * 3, [7] * 3, [6] * 3, [9] * 3]
