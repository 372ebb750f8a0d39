"""The entailment recipe: three steps from pairs to an adapter that classifies."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest
from labelled_pairs import pairs

from samovar import catalog
from samovar.models.engines import ENGINES
from samovar.settings import ROOT, Settings
from training import entailment
from training.entailment import EntailmentRecipe
from training.frame import export, recipe
from training.lessons.inference import sets
from training.lessons.inference.natural_inference import mirrored


def test_the_shipped_recipe_is_read():
    found = recipe.load(ROOT / "training" / "configs" / "entailment-e5.yaml", EntailmentRecipe)
    assert found.name == "entailment-e5" and found.base == "multilingual-e5-small"
    assert found.lora.layers == entailment.LAYER_NAMES


@pytest.fixture
def small_data(tmp_path, monkeypatch) -> None:
    """Let pairs() be all pairs there are."""
    monkeypatch.setattr(sets, "files", lambda data_dir: {})
    monkeypatch.setattr(sets, "training_pairs", lambda data_dir: pairs())
    monkeypatch.setattr(sets, "evaluation_sets", lambda data_dir: {})


def test_three_steps_leave_an_adapter_that_classifies(
    options: Namespace, tmp_path: Path, small_e5: Settings, small_data
):
    shipped = recipe.load(ROOT / "training" / "configs" / "entailment-e5.yaml", EntailmentRecipe)
    steps = replace(shipped.training, epochs=1, batch=16, validate_every=2, precision="fp32")
    lora = replace(shipped.lora, rank=2)
    small = replace(shipped, teacher="", repeated=1, held_out=20, training=steps, lora=lora)
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
