"""The recipe of requests on a tiny base: what a run leaves, and what a stopped one becomes."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import few_requests
import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import LlamaForCausalLM

from samovar import catalog
from samovar.catalog.tools import LARGER
from samovar.errors import InputError
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files import adapters
from samovar.settings import ROOT, Settings
from training import requests as training
from training.corpora import requests
from training.frame import curves, export, recipe
from training.frame.recipe import Lora, Training
from training.lessons.chat import verdicts as learning
from training.lessons.chat.trees import probabilities
from training.lessons.requests.trees import trees, verdicts
from training.requests import RequestsRecipe

FAST = Training(epochs=3, batch=2, learning_rate=2e-2, precision="fp32", log_every=1, save_every=4)
TINY = RequestsRecipe(
    name="tiny",
    base="smollm2-135m-instruct",
    longest=400,
    held_out=20,
    lora=Lora(rank=4, alpha=8, dropout=0.1),
    training=FAST,
)


@pytest.fixture(autouse=True)
def all_requests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few requests be all that trains."""
    monkeypatch.setattr(requests, "FOLDER", few_requests.put(tmp_path / "requests"))


@pytest.fixture
def fitted(tiny: Path, tmp_path: Path):
    """`fitted(recipe, out)` trains on the tiny model and returns the folder of the run."""

    def fitted(chosen: RequestsRecipe, out: str = "run", **options: bool) -> Path:
        asked = {"out": tmp_path / out, "base": tiny, "fresh": False, "resume": False, **options}
        return training.fit(chosen, Namespace(**asked), Settings())

    return fitted


def weights(run: Path) -> dict[str, torch.Tensor]:
    return load_file(run / "adapter" / "adapter_model.safetensors")


def held_out(chosen: RequestsRecipe) -> list[requests.RequestPair]:
    pairs = [pair for language in ("en", "ru") for pair in requests.training(language)]
    return requests.parts(pairs, chosen.held_out)[1]


def test_the_shipped_recipes_are_read():
    first = recipe.load(ROOT / "training" / "configs" / "requests-qwen-first.yaml", RequestsRecipe)
    found = recipe.load(ROOT / "training" / "configs" / "requests-qwen.yaml", RequestsRecipe)
    assert catalog.model(found.base).role == "chat" and found.longest <= 1024
    assert found.name in {row.adapter for row in LARGER["paraphrase"]}
    assert found.start == f"runs/{first.name}/adapter" and found.lora == first.lora


def test_a_run_learns_and_leaves_an_adapter(fitted, tiny):
    run = fitted(TINY)
    about = json.loads((run / "run.json").read_text())
    kept = held_out(TINY)
    assert about["finished"] and about["data"].keys() == few_requests.FILES.keys()
    assert about["pairs"] == {"training": 24 - len(kept), "validation": len(kept)}
    assert about["sources"] == ["written for this project (CC0-1.0; this repository)"]
    rows = curves.read(run / "curves.jsonl")
    losses = [row["loss"] for row in rows if "loss" in row]
    assert sum(losses[-4:]) < 0.95 * sum(losses[:4])
    [*_, last] = [row for row in rows if "validation_loss" in row]

    tuned = PeftModel.from_pretrained(LlamaForCausalLM.from_pretrained(tiny), run / "adapter")
    vocabulary = Vocabulary(tiny)
    grown = trees(kept, vocabulary, vocabulary.dialogue(512), TINY.longest)
    with torch.no_grad():
        cpu = torch.device("cpu")
        found = probabilities(tuned.eval(), grown, verdicts(vocabulary), 2, cpu)
    for name, value in learning.metrics(grown, found).items():
        assert value == pytest.approx(last[name], abs=1e-3), "the adapter is what was validated"


def test_engines_read_what_is_exported(fitted, tmp_path):
    run = fitted(replace(TINY, training=replace(FAST, epochs=1)))
    folder = export.publish(run, tmp_path / "assets" / "adapters" / "tiny")
    own = json.loads((folder / "samovar.json").read_text())
    assert (own["role"], own["format"], own["languages"]) == ("chat", "requests", ["en", "ru"])
    assert "CC0-1.0" in (folder / "README.md").read_text()
    shelf = replace(Settings(), assets=tmp_path / "assets")
    found = adapters.find("tiny", catalog.model(TINY.base), shelf)
    assert (found.scale, len(adapters.updates(found))) == (2.0, 14)


def test_layers_below_the_first_stay(fitted):
    some = fitted(replace(TINY, first_layer=1, training=replace(FAST, epochs=1)))
    assert {name.split("layers.")[1][0] for name in weights(some)} == {"1"}


def test_a_stopped_run_ends_like_an_undisturbed_one(fitted, monkeypatch):
    whole = fitted(TINY, "whole")
    taken = iter(range(9))

    def stopping(*given):
        if next(taken, None) is None:
            raise KeyboardInterrupt
        return loss(*given)

    loss = learning.tree_loss
    with monkeypatch.context() as patch:
        patch.setattr(learning, "tree_loss", stopping)
        with pytest.raises(KeyboardInterrupt):
            fitted(TINY, "torn")
    torn = fitted(TINY, "torn", resume=True)
    one, two = weights(whole), weights(torn)
    assert one.keys() == two.keys() and all(torch.equal(one[name], two[name]) for name in one)
    assert curves.read(whole / "curves.jsonl") == curves.read(torn / "curves.jsonl")


def test_a_second_run_begins_where_the_first_ended(fitted):
    first = fitted(replace(TINY, parts=("train",)), "first")
    still = replace(FAST, learning_rate=0.0)
    start = {"parts": ("train-en-a", "more"), "start": str(first / "adapter")}
    second = fitted(replace(TINY, training=still, **start), "second")
    data = json.loads((second / "run.json").read_text())["data"]
    assert data.keys() == {"train-en-a", "more-en-b", "start"}
    ended, kept = weights(first), weights(second)
    assert all(torch.equal(ended[name], matrix) for name, matrix in kept.items())


@pytest.mark.parametrize("change", [{"lora": Lora(rank=2, alpha=4)}, {"first_layer": 1}])
def test_an_adapter_of_another_shape_begins_nothing(fitted, change):
    first = fitted(replace(TINY, training=replace(FAST, epochs=1)), "first")
    with pytest.raises(InputError, match="another rank"):
        fitted(replace(TINY, start=str(first / "adapter"), **change), "second")


def test_a_start_that_is_not_there_is_said(fitted, tmp_path):
    with pytest.raises(InputError, match="start"):
        fitted(replace(TINY, start=str(tmp_path / "nowhere")))


def test_nothing_to_train_on_is_said(fitted):
    with pytest.raises(InputError, match="begins with: drafts"):
        fitted(replace(TINY, parts=("drafts",)))
