"""The recipe of the judge of claims: where it starts, what it keeps, and what it leaves."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import numpy as np
import pair_adapter
import pytest
import torch

from samovar import catalog
from samovar.models.engines import ENGINES
from samovar.models.pairs import lora, pytorch
from samovar.models.pairs.entailment import LABELS, PairTokenizer
from samovar.settings import ROOT, Settings
from training.claims import corpus
from training.claims import recipe as claims
from training.claims.recipe import ClaimsRecipe
from training.frame import curves, export, recipe
from training.lessons.inference.cross_encoder import filled, logits

PAIRS = [
    ("House takes Vicodin.", "House takes pills."),
    ("Spot is a cat.", "Spot is a dog."),
    ("Хаус хромает.", "У Хауса две собаки и лодка."),
]


def shipped() -> ClaimsRecipe:
    return recipe.load(ROOT / "training" / "configs" / "claims-e5.yaml", ClaimsRecipe)


@pytest.fixture
def small(small_e5: Settings, data: Path) -> Settings:
    """Settings with few claims, a tiny base, and a random entailment model to start from."""
    shape = {"layers": (0, 1, 2), "width": 32}
    about = {"labels": LABELS, "temperatures": [1.0, 1.0]}
    folder = pair_adapter.put(small_e5.assets, "entailment-e5", 3, about, **shape)
    (folder / "run.json").write_text(json.dumps({"sources": ["SICK (Marelli et al. 2014)"]}))
    return replace(small_e5, data=data)


def tiny(**changes: object) -> ClaimsRecipe:
    chosen = shipped()
    steps = replace(
        chosen.training, epochs=3, batch=8, precision="fp32", log_every=1, validate_every=1
    )
    lora_of = replace(chosen.lora, rank=pair_adapter.RANK, alpha=pair_adapter.ALPHA)
    return replace(chosen, training=replace(steps, **changes), lora=lora_of, held_out=30)


def test_the_shipped_recipe_goes_on_from_a_model_of_the_same_role_and_base():
    found = shipped()
    row, first = catalog.model(found.name), catalog.model(found.start)
    assert (row.role, row.base) == (first.role, first.base) == ("entailment", found.base)
    about = json.loads((ROOT / "assets/adapters/entailment-e5/adapter_config.json").read_text())
    assert (about["r"], about["lora_alpha"]) == (found.lora.rank, found.lora.alpha)


def test_before_the_first_step_it_says_what_the_entailment_model_says(
    small: Settings, options: Namespace, monkeypatch: pytest.MonkeyPatch
):
    first = catalog.model("entailment-e5")
    weights, _ = lora.read(first, small, first.role, LABELS)
    rows = PairTokenizer(weights.folder / "tokenizer.json", weights.base).rows(PAIRS)
    seen = {}

    def look(network, batches, loss, training, run, validate):
        seen["logits"] = logits(network.eval(), rows, training, torch.device("cpu")).numpy()

    monkeypatch.setattr(claims, "train", look)
    claims.fit(tiny(), options, small)
    inputs = {name: values.numpy() for name, values in filled(rows).items()}
    assert np.allclose(seen["logits"], pytorch.network(first, weights, small)(inputs), atol=1e-4)
    assert np.ptp(seen["logits"]) > 0.01


def test_a_run_leaves_the_best_step_as_an_adapter_that_serving_reads(
    small: Settings, options: Namespace, monkeypatch: pytest.MonkeyPatch
):
    held = {}

    def kept(network, base, fitted, folder):
        held["network"] = network.eval()
        return written(network, base, fitted, folder)

    written = claims.write
    monkeypatch.setattr(claims, "write", kept)
    run = claims.fit(tiny(learning_rate=0.05), options, small)
    about = json.loads((run / "run.json").read_text())
    told = about["claims"]
    assert told["written"] == len(corpus.claims(small.data, "train"))
    assert told["repeat"]["test"] >= 1 and told["held_out"] > 0 and told["validation"] > 0
    assert told["left_out"] + told["training"] + told["held_out"] == told["written"]
    assert any("SICK" in line for line in about["sources"]), "what the start was trained on, too"
    losses = [
        r["validation_loss"] for r in curves.read(run / "curves.jsonl") if "validation_loss" in r
    ]
    assert about["best"]["validation_loss"] == pytest.approx(min(losses), abs=1e-4)
    assert losses[-1] > min(losses), "the rate is so high that the last step is not the best"

    export.publish(run, small.assets / "adapters" / "claims-e5")
    row = catalog.model("claims-e5")
    weights, _ = lora.read(row, small, row.role, LABELS)
    rows = PairTokenizer(weights.folder / "tokenizer.json", weights.base).rows(PAIRS)
    expected = logits(held["network"], rows, shipped().training, torch.device("cpu"))
    model = ENGINES["entailment", "transformers"].build(row, small)
    assert np.allclose(model.logits(PAIRS), expected.numpy(), atol=0.1)
