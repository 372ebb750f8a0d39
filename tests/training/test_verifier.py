"""The recipe of the verifier: where it starts, what it leaves, and its temperature."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import few_requests
import numpy as np
import pair_adapter
import pytest
import torch
from scipy.special import expit

from samovar import catalog
from samovar.models.engines import ENGINES
from samovar.models.pairs import lora, pytorch
from samovar.models.pairs.rows import PairTokenizer
from samovar.models.pairs.verifier import FORM
from samovar.settings import ROOT, Settings
from training import requests as larger
from training import verifier
from training.corpora import requests
from training.frame import curves, export, recipe
from training.verifier import VerifierRecipe, temperature

CONFIGS = ROOT / "training" / "configs"
LABELS = ("entailment", "neutral", "contradiction")
PAIRS = [
    ("stop the lamp", "halt the lamp"),
    ("stop the lamp", "start the lamp"),
    ("выключи свет", "погаси свет"),
    ("stop", "ЖЖЖЖ 1234567890 !!!!"),
]


def shipped() -> VerifierRecipe:
    return recipe.load(CONFIGS / "verifier-e5.yaml", VerifierRecipe)


def small(**changes: object) -> VerifierRecipe:
    steps = replace(
        shipped().training, epochs=1, batch=8, precision="fp32", log_every=1, learning_rate=1e-3
    )
    lora_of = replace(shipped().lora, rank=pair_adapter.RANK, alpha=pair_adapter.ALPHA)
    plain = replace(shipped(), training=steps, lora=lora_of, held_out=20, start="")
    return replace(plain, **changes)


@pytest.fixture(autouse=True)
def all_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few requests be all that trains."""
    monkeypatch.setattr(requests, "FOLDER", few_requests.put(tmp_path / "requests"))


def parts(chosen: VerifierRecipe) -> tuple[list[requests.RequestPair], list[requests.RequestPair]]:
    pairs = [pair for language in ("en", "ru") for pair in requests.training(language)]
    return requests.parts(pairs, chosen.held_out)


def test_the_shipped_recipe_is_read_and_holds_out_what_the_larger_one_does():
    found = shipped()
    assert found.name == catalog.PROFILES["embedded"]["verifier"]
    assert found.base == catalog.model(found.name).base
    other = recipe.load(CONFIGS / "requests-qwen.yaml", larger.RequestsRecipe)
    assert found.held_out == other.held_out


def start(settings: Settings) -> Path:
    """Put a random entailment model whose answers differ, and return its folder."""
    of_base = {"layers": (0, 1, 2), "width": 32}
    about = {"labels": LABELS}
    folder = pair_adapter.put(settings.assets, "entailment-e5", 3, about, **of_base)
    (folder / "run.json").write_text(json.dumps({"sources": ["SICK (Marelli et al. 2014)"]}))
    return folder


def test_a_run_leaves_an_adapter_that_serving_reads_as_training_did(
    small_e5: Settings, options: Namespace, monkeypatch
):
    held = {}

    def kept(network, chosen, heat, folder):
        held.update(network=network.eval(), heat=heat)
        return written(network, chosen, heat, folder)

    written = verifier.write
    monkeypatch.setattr(verifier, "write", kept)
    start(small_e5)
    richer = small(start="entailment-e5", turned=True, negatives=1)
    run = verifier.fit(richer, options, small_e5)
    about = json.loads((run / "run.json").read_text())
    training, validating = parts(small())
    lessons = verifier.enlarged(training, richer)
    assert about["finished"] and about["data"].keys() == {*few_requests.FILES, "start"}
    assert about["pairs"]["validation"] == len(validating) > 0
    assert about["pairs"]["training"] == len(lessons) > len(training)
    assert about["pairs"]["same"] == sum(pair.same for pair in lessons)
    assert about["pairs"]["en"] + about["pairs"]["ru"] == len(lessons)
    assert about["temperature"] == held["heat"]
    losses = [row["loss"] for row in curves.read(run / "curves.jsonl") if "loss" in row]
    assert len(losses) == -(-len(lessons) // 8)

    folder = export.publish(run, small_e5.assets / "adapters" / "verifier-e5")
    own = json.loads((folder / "samovar.json").read_text())
    assert (own["labels"], own["temperature"]) == (["same"], held["heat"])
    row = catalog.model("verifier-e5")
    base = catalog.model(row.base)
    weights, _ = lora.read(row, small_e5, row.role, ["same"])
    tokenizer = PairTokenizer(weights.folder / "tokenizer.json", base, FORM)
    both = [*PAIRS, *((two, one) for one, two in PAIRS)]
    device = torch.device("cpu")
    logits = verifier.logits(held["network"], tokenizer.rows(both), device).reshape(2, -1)
    expected = expit(logits.mean(0) / held["heat"])
    slow, fast = (
        ENGINES["verifier", engine].build(row, small_e5) for engine in ("transformers", "openvino")
    )
    served = slow.logits(both)[:, 0].reshape(2, -1)
    assert np.ptp(logits) > 0.01 and np.allclose(served, logits, atol=0.02)
    apart = served - logits  # rounding to bf16 moves all alike
    assert np.ptp(apart) < np.ptp(logits) / 10
    for model in (slow, fast):
        assert np.allclose(model.probabilities(PAIRS), expected, atol=0.01)


def test_it_starts_as_the_entailment_model(
    small_e5: Settings, options: Namespace, monkeypatch: pytest.MonkeyPatch
):
    """Before the first step the logit is entailment against the mean of the two others."""
    first = catalog.model("entailment-e5")
    start(small_e5)
    weights, _ = lora.read(first, small_e5, first.role, LABELS)
    tokenizer = PairTokenizer(weights.folder / "tokenizer.json", weights.base, FORM)
    rows = tokenizer.rows(PAIRS)
    seen = {}

    def look(network, batches, loss, training, run, validate):
        seen["logits"] = verifier.logits(network.eval(), rows, torch.device("cpu"))

    monkeypatch.setattr(verifier, "train", look)
    run = verifier.fit(small(start=first.id), options, small_e5)
    inputs = {name: values.numpy() for name, values in verifier.filled(rows).items()}
    old = pytorch.network(first, weights, small_e5)(inputs)
    assert np.allclose(seen["logits"], old[:, 0] - old[:, 1:].mean(axis=1), atol=1e-4)
    assert np.ptp(seen["logits"]) > 0.01
    told = json.loads((run / "run.json").read_text())
    assert "start" in told["data"]
    assert any("SICK" in line for line in told["sources"]), "what the start was trained on, too"


def test_the_temperature_makes_probabilities_as_often_right():
    draw = np.random.default_rng(0)
    true = draw.normal(0, 1.5, 20_000)
    right = draw.random(20_000) < expit(true)
    for heat in (0.5, 1.0, 3.0):
        assert temperature(true * heat, right) == pytest.approx(heat, rel=0.05)
    assert temperature(np.where(right, 9.0, -9.0), right) == pytest.approx(0.1, abs=0.01)
