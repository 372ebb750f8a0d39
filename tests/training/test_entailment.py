"""The entailment recipe: its loss, its split, and three steps from pairs to an adapter that classifies."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.special import entr, softmax

from samovar import catalog
from samovar.models.engines import ENGINES
from samovar.settings import ROOT, Settings
from training import entailment
from training.corpora.pair import NliPair
from training.entailment import EntailmentRecipe
from training.frame import export, recipe
from training.frame.calibration import expected_error, reliability, temperatures
from training.lessons.inference import sets
from training.lessons.inference.natural_inference import OPEN, mirrored, pair_loss, targets

WORDS = ("kettle", "garden", "violin", "harbour", "lantern", "meadow", "bridge", "orchard")


def pairs() -> list[NliPair]:
    """Return 48 pairs of both languages and all four labels."""
    english = [
        (f"The {word} is old and green.", text, label, "en", "snli_cad")
        for word in WORDS
        for text, label in (
            (f"The {word} is green.", "entailment"),
            (f"The {word} is new.", "contradiction"),
            (f"The {word} is expensive.", "neutral"),
            (f"Nobody ever saw the {word}.", "not_entailment"),
        )
    ]
    russian = [
        (f"{word}: это было давно.", text, label, "ru", "terra_ru")
        for word in WORDS
        for text, label in ((f"{word}: давно.", "entailment"), ("Идёт дождь.", "not_entailment"))
    ]
    return [NliPair(*row) for row in (*english, *russian)]


def test_the_shipped_recipe_is_read():
    found = recipe.load(ROOT / "training" / "configs" / "entailment-e5.yaml", EntailmentRecipe)
    assert found.name == "entailment-e5" and found.base == "multilingual-e5-small"
    assert found.lora.layers == entailment.LAYER_NAMES


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


def test_calibration_error(drawn):
    true, classes = drawn
    probabilities = softmax(true.astype(np.float64), axis=1)
    right = probabilities.argmax(1) == classes
    assert expected_error(reliability(probabilities.max(1), right)) < 0.03
    assert expected_error(reliability(np.ones(4000), right)) == pytest.approx(1 - right.mean())


def test_captions_exclude_each_other_both_ways_or_neither():
    labels = {"contradiction": "contradiction"}
    own = [pair for pair in pairs() if pair.origin == "snli_cad"]
    assert [(pair.premise, pair.hypothesis, pair.label) for pair in mirrored(own)] == [
        (pair.hypothesis, pair.premise, labels.get(pair.label, "not_contradiction"))
        for pair in own
        if pair.label != "not_entailment"
    ]
    assert not mirrored([pair for pair in pairs() if pair.origin != "snli_cad"])


@pytest.fixture
def small_data(tmp_path, monkeypatch) -> None:
    """Let pairs() be all pairs there are."""
    monkeypatch.setattr(sets, "files", lambda data_dir: {})
    monkeypatch.setattr(sets, "training_pairs", lambda data_dir: pairs())
    monkeypatch.setattr(sets, "evaluation_sets", lambda data_dir: {})


def test_three_steps_leave_an_adapter_that_classifies(
    tmp_path: Path, small_e5: Settings, small_data
):
    shipped = recipe.load(ROOT / "training" / "configs" / "entailment-e5.yaml", EntailmentRecipe)
    steps = replace(shipped.training, epochs=1, batch=16, validate_every=2, precision="fp32")
    lora = replace(shipped.lora, rank=2)
    small = replace(shipped, teacher="", repeated=1, held_out=20, training=steps, lora=lora)
    options = Namespace(
        data_dir=tmp_path, out=tmp_path / "run", base=None, fresh=False, resume=False
    )
    run = entailment.fit(small, options, small_e5)
    about = json.loads((run / "run.json").read_text())
    assert about["finished"] and about["pairs"]["validation"] > 0
    total = about["pairs"]["training"] + about["pairs"]["validation"]
    assert len(pairs()) < total <= len(pairs()) + len(mirrored(pairs()))
    export.publish(run, tmp_path / "assets" / "adapters" / "entailment-e5")
    model = ENGINES["entailment", "transformers"].build(catalog.model("entailment-e5"), small_e5)
    (one, other) = model.classify(
        [("A cat sleeps.", "An animal sleeps."), ("Кот спит.", "Кот ест.")]
    )
    for found in (one, other):
        total = found.entailment + found.neutral + found.contradiction
        assert total == pytest.approx(1, abs=1e-3)
    card = (tmp_path / "assets" / "adapters" / "entailment-e5" / "README.md").read_text()
    assert "SNLI" in card and "multilingual-e5-small" in card
    assert "license: mit" in card and "non-commercial" not in card
    read = json.loads((run / "run.json").read_text())
    read["sources"].append("SICK (CC BY-NC-SA 3.0; Marelli et al. 2014)")
    (run / "run.json").write_text(json.dumps(read))
    folder = export.publish(run, tmp_path / "again")
    assert "license: other" in (folder / "README.md").read_text()
