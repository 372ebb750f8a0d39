"""The larger judge is trained on whole sheets: what it reads, what a run leaves, and what a stopped one becomes."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from samovar import catalog
from samovar.marketing.checks.larger import prompt
from samovar.marketing.checks.larger.model import ADAPTERS
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files import adapters
from samovar.settings import ROOT, Settings
from training.adverts import corpus
from training.adverts import recipe as training
from training.adverts.recipe import AdvertsRecipe, lessons
from training.adverts.trees import Read, prompts
from training.frame import curves, export, recipe
from training.frame.recipe import Lora, Training
from training.lessons.chat import verdicts as learning

CONFIG = ROOT / "training" / "configs" / "adverts-qwen.yaml"
FAST = Training(epochs=6, batch=1, learning_rate=2e-2, precision="fp32", log_every=1, save_every=4)
TINY = AdvertsRecipe(
    name="tiny",
    base="smollm2-135m-instruct",
    words=0.0,
    longest=2000,
    held_out=5,
    lora=Lora(rank=4, alpha=8),
    training=FAST,
)


@pytest.fixture
def settings(data: Path) -> Settings:
    return replace(Settings(), data=data)


@pytest.fixture
def fitted(tiny: Path, tmp_path: Path, settings: Settings):
    """`fitted(out)` trains on the tiny model and returns the folder of the run."""

    def fitted(out: str = "run", chosen: AdvertsRecipe = TINY, **options: bool) -> Path:
        asked = {"out": tmp_path / out, "base": tiny, "fresh": False, "resume": False, **options}
        return training.fit(chosen, Namespace(**asked), settings)

    return fitted


def weights(run: Path) -> dict[str, torch.Tensor]:
    return load_file(run / "adapter" / "adapter_model.safetensors")


def test_the_shipped_recipe_fits_what_it_starts_from():
    found = recipe.load(CONFIG, AdvertsRecipe)
    assert ADAPTERS[found.base] == found.name and found.held_out == corpus.HELD_OUT
    config = json.loads((ROOT / found.start / "adapter_config.json").read_text("utf-8"))
    assert (config["r"], config["lora_alpha"]) == (found.lora.rank, found.lora.alpha)
    assert set(config["target_modules"]) == set(found.lora.layers)
    assert min(config["layers_to_transform"]) == found.first_layer


def test_a_sheet_stands_before_its_statements(data: Path):
    [bowl, lamp, tea], held = prompts(data, 1, Read(statements=9, said=2, asked=9))
    assert held == [] and "62 centimetres" in lamp.turns[1].text
    assert "иван-чая" in tea.turns[1].text
    assert dict(bowl.lines) == {"It holds 300 millilitres.\n": True, "It keeps tea hot.\n": False}
    told = dict(lamp.lines)
    assert told["The shade is made of recycled glass.\n"] is False
    assert told["Nine watts are all that it draws.\n"] is True
    assert told["It weighs 900 ounces.\n"] is False, "what the rules were tried on trains, too"
    written = {one.text for one in corpus.written(data) if one.sheet == "lamp"}
    said = {text for text in told if text.strip() not in written | {"It weighs 900 ounces."}}
    assert len(said) == 2 and all(told[text] for text in said)


def test_as_many_statements_are_read_as_the_recipe_says(data: Path):
    few, _ = prompts(data, 1, Read(statements=2, said=0, asked=9))
    again, _ = prompts(data, 1, Read(statements=2, said=0, asked=9))
    assert [len(one.lines) for one in few] == [2, 2, 2] and few == again


def test_training_reads_what_serving_asks(tiny: Path, settings: Settings):
    rows, _ = lessons(replace(TINY, held_out=1), tiny, settings)
    dialogue = Vocabulary(tiny).dialogue(catalog.model(TINY.base).context)
    sheets = corpus.sheets(settings.data)
    asked = {
        tuple(dialogue.ids(prompt.asked(sheets[one.sheet], one.text, one.language, None)))
        for one in corpus.written(settings.data)
    }
    read = {(*tree.trunk, *branch.ids) for tree in rows for branch in tree.branches}
    assert asked <= read


def test_a_run_learns_leaves_an_adapter_and_is_exported(fitted, tmp_path: Path):
    run = fitted()
    about = json.loads((run / "run.json").read_text())
    counts = about["statements"]
    assert about["finished"] and {"statements-a", "sheets-judged-x"} <= about["data"].keys()
    assert counts["training"]["sheets"] + counts["validation"]["sheets"] == 3
    assert counts["training"]["statements"] > counts["training"]["right"] > 0
    losses = [row["loss"] for row in curves.read(run / "curves.jsonl") if "loss" in row]
    assert sum(losses[-3:]) < sum(losses[:3])
    folder = export.publish(run, tmp_path / "assets" / "adapters" / "tiny")
    own = json.loads((folder / "samovar.json").read_text())
    assert (own["role"], own["format"]) == ("chat", "adverts")
    found = adapters.find(
        "tiny", catalog.model(TINY.base), replace(Settings(), assets=tmp_path / "assets")
    )
    assert adapters.updates(found)


def test_a_stopped_run_ends_like_an_undisturbed_one(fitted, monkeypatch: pytest.MonkeyPatch):
    whole = fitted("whole")
    taken = iter(range(5))

    def stopping(*given):
        if next(taken, None) is None:
            raise KeyboardInterrupt
        return loss(*given)

    loss = learning.tree_loss
    with monkeypatch.context() as patch:
        patch.setattr(learning, "tree_loss", stopping)
        with pytest.raises(KeyboardInterrupt):
            fitted("torn")
    torn = fitted("torn", resume=True)
    one, two = weights(whole), weights(torn)
    assert one.keys() == two.keys() and all(torch.equal(one[name], two[name]) for name in one)


def test_what_would_be_read_is_counted_without_training(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    options = [str(CONFIG), "--count", "--base", str(tiny), "--out", str(tmp_path / "run")]
    assert training.main(options) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["training", "validation"]
    assert not (tmp_path / "run").exists()


def test_a_run_begins_where_a_published_adapter_ended(fitted, tmp_path: Path):
    first = export.publish(fitted("first"), tmp_path / "published")
    still = replace(TINY, start=str(first), training=replace(FAST, epochs=1, learning_rate=0.0))
    kept, ended = weights(fitted("second", still)), load_file(first / "adapter_model.safetensors")
    assert kept.keys() == ended.keys()
    assert all(torch.equal(kept[name], ended[name].float()) for name in kept)
