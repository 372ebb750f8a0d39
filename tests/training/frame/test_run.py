"""One training in this process: QLoRA's two steps, prompt tuning, run.json, curves, the card."""

import json
from argparse import Namespace
from dataclasses import replace
from importlib import metadata

import pytest
import torch
from safetensors.torch import load_file

from samovar.errors import SamovarError, StoreError
from samovar.records import Turn
from samovar.settings import Settings
from training.chat import ChatRecipe, fit
from training.frame import checkpoint, curves, export
from training.frame.checkpoint import Checkpoint
from training.frame.recipe import Lora, Training
from training.frame.trainer import rate, train
from training.lessons.chat.conversations import FORMATS

FAST = Training(epochs=1, batch=60, learning_rate=1e-2, precision="fp32", log_every=1, save_every=1)
TINY = ChatRecipe(
    name="tiny",
    base="smollm2-135m-instruct",
    pairs=("pairs.jsonl",),
    format="plain",
    held_out=8,
    lora=Lora(rank=4, alpha=8),
    training=FAST,
)


@pytest.fixture
def fitted(tiny, data, tmp_path):
    def fitted(recipe, out="run", **options):
        asked = {"out": tmp_path / out, "data_dir": data, "base": tiny}
        asked |= {"fresh": False, "resume": False, **options}
        return fit(recipe, Namespace(**asked), Settings())

    return fitted


def tensors(run):
    return load_file(run / "adapter" / "adapter_model.safetensors")


def test_two_steps_of_qlora_on_this_machine(fitted):
    """NF4 base, double quantisation, bf16 products: the same recipe as on a GPU."""
    run = fitted(replace(TINY, training=replace(FAST, quantise="nf4", precision="bf16")))
    found = tensors(run)
    assert len(found) == 28
    assert all(value.any() for name, value in found.items() if "lora_B" in name)
    assert json.loads((run / "run.json").read_text())["steps"] == 2


def test_prompt_tuning_trains_virtual_tokens_and_nothing_else(fitted, monkeypatch):
    turns = (Turn("system", "Say it backwards."),)
    monkeypatch.setitem(FORMATS, "plain", lambda text, _: (*turns, Turn("user", text)))
    run = fitted(replace(TINY, method="prompt-tuning"))
    [(name, value)] = tensors(run).items()
    assert (name, tuple(value.shape)) == ("prompt_embeddings", (32, 64))
    config = json.loads((run / "adapter" / "adapter_config.json").read_text())
    assert config["peft_type"] == "PROMPT_TUNING" and "/" not in json.dumps(config)


def test_a_run_says_what_it_was_and_what_it_cost(fitted, data):
    run = fitted(TINY)
    found = json.loads((run / "run.json").read_text())
    assert found["config"]["lora"]["rank"] == 4
    assert found["config"]["training"]["learning_rate"] == 0.01
    [(name, described)] = found["data"].items()
    assert name == "pairs.jsonl" and len(described["sha256"]) == 64
    assert described["size"] == (data / "pairs.jsonl").stat().st_size
    assert found["pairs"]["held_out"] == 8 and found["pairs"]["too_long"] == 0
    assert found["pairs"]["origins"] == {"samovar": found["pairs"]["training"]}
    assert found["sources"] == ["written for this project (CC0-1.0; this repository)"]
    assert found["tokens_per_second"] > 0 and found["peak_memory_mb"] > 50
    assert found["libraries"]["torch"] == metadata.version("torch")
    assert found["commit"] and "cores" in found["hardware"]
    assert (found["seed"], found["processes"], found["finished"]) == (0, 1, True)
    rows = curves.read(run / "curves.jsonl")
    assert [row["step"] for row in rows if "loss" in row] == [1, 2]
    assert [row["step"] for row in rows if "validation_loss" in row] == [0, 2]
    assert (run / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_the_shipped_adapter_is_small_and_has_a_card(fitted, tmp_path):
    run = fitted(TINY)
    (run / "results.json").write_text('{"accuracy": {"value": 0.5}}')
    folder = export.publish(run, tmp_path / "adapters" / "tiny")
    shipped = load_file(folder / "adapter_model.safetensors")
    assert all(value.dtype == torch.bfloat16 for value in shipped.values())
    assert all(torch.equal(shipped[name].float(), value.bfloat16().float()) for name, value in tensors(run).items())  # fmt: skip
    own = json.loads((folder / "samovar.json").read_text())
    assert own["protocol"] == 1 and own["base"] == TINY.base and own["role"] == "chat"
    text = (folder / "README.md").read_text()
    for part in ("base_model: HuggingFaceTB/SmolLM2", "CC0-1.0", "curves.png", "| accuracy.value | 0.5 |"):  # fmt: skip
        assert part in text
    assert "| config.lora.rank | 4 |" in text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(export, "LARGEST", 1000)
        with pytest.raises(StoreError, match="1,000"):
            export.publish(run, tmp_path / "again")


def test_an_exported_adapter_is_one_that_the_engines_read(fitted, tmp_path):
    from samovar import catalog
    from samovar.models.files import adapters

    shelf = replace(Settings(), assets=tmp_path)
    export.publish(fitted(TINY), tmp_path / "adapters" / "tiny")
    found = adapters.find("tiny", catalog.model(TINY.base), shelf)
    assert (found.scale, len(adapters.updates(found))) == (2.0, 14)


class Constant:
    """Three batches of one row; the loss pulls the only weight to 1."""

    def __len__(self):
        return 3

    def __getitem__(self, index):
        return {"goal": torch.ones(1)}


def test_any_loss_and_any_parameters_can_be_trained(fitted, tmp_path, data):
    from training.frame.run import Run

    model = torch.nn.Linear(1, 1)
    model.bias.requires_grad_(False)
    before = model.bias.clone()
    with Run(tmp_path / "own", TINY, {"pairs": data / "pairs.jsonl"}) as run:
        train(model, Constant(), lambda m, b: (m.weight - b["goal"]).square().mean(), FAST, run)
    losses = [row["loss"] for row in curves.read(tmp_path / "own" / "curves.jsonl")]
    assert len(losses) == 3 and losses[-1] < losses[0]
    assert torch.equal(model.bias, before)
    assert list(checkpoint.load(tmp_path / "own" / "checkpoint.pt").weights) == ["weight"]


def test_the_rate_rises_and_falls():
    shape = Training(learning_rate=1.0, warmup=0.2, schedule="cosine")
    rates = [rate(step, 10, shape) for step in range(10)]
    assert rates[:3] == [0.5, 1.0, 1.0]
    assert rates[2:] == sorted(rates[2:], reverse=True) and 0 < rates[-1] < 0.05
    assert rate(6, 10, replace(shape, schedule="linear")) == 0.5
    assert rate(9, 10, replace(shape, schedule="constant")) == 1.0


def test_a_torn_checkpoint_is_named(tmp_path):
    path = tmp_path / "checkpoint.pt"
    assert checkpoint.load(path) is None
    checkpoint.save(path, Checkpoint(3, "id", {"w": torch.ones(2)}, {}, {}))
    whole = path.read_bytes()
    assert checkpoint.load(path).step == 3
    for torn in (b"", whole[: len(whole) // 2], b"tea" * 99):
        path.write_bytes(torn)
        with pytest.raises(StoreError, match="damaged"):
            checkpoint.load(path)


def test_weights_of_another_model_are_refused(tmp_path):
    held = Checkpoint(3, "id", {"w": torch.ones(2)}, {}, {})
    with pytest.raises(SamovarError, match="another model"):
        held.restore({"w": torch.ones(3)}, tmp_path)


def test_curves_forget_what_will_be_measured_again(tmp_path):
    path = tmp_path / "curves.jsonl"
    path.write_text('{"step": 1, "loss": 3}\n{"step": 2, "loss": 2}\n{"step": 3, "lo')
    curves.cut(path, 1)
    assert path.read_text() == '{"step": 1, "loss": 3}\n'
