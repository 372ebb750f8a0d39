"""The int8 graph: as good as transformers on the same weights, with and without an adapter."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samovar import catalog
from samovar.errors import ModelError, StoreError
from samovar.models.chat.openvino import graph
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter
from samovar.models.files.dequantised import dequantised
from samovar.settings import ROOT, Settings

MODEL = catalog.model("smollm2-135m-instruct")
TOKENS = 512
LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


@pytest.fixture(scope="module")
def text(settings: Settings) -> list[int]:
    """The first TOKENS tokens of our own encyclopedia."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(dequantised(MODEL, settings))
    files = sorted((ROOT / "data" / "encyclopedia").glob("en-*.jsonl"))
    articles = [json.loads(file.read_text("utf-8").splitlines()[0])["text"] for file in files]
    ids: list[int] = tokenizer("\n\n".join(articles)).input_ids[:TOKENS]
    assert len(ids) == TOKENS
    return ids


@pytest.fixture(scope="module")
def adapter(settings: Settings, text: list[int]) -> Adapter:
    """An adapter of all seven kinds of layers that read the text four times."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    torch.manual_seed(0)
    folder = dequantised(MODEL, settings)
    plain = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    model = get_peft_model(plain, LoraConfig(r=4, lora_alpha=8, target_modules=LAYERS))
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    ids = torch.tensor([text[:256]])
    for _ in range(4):
        model(input_ids=ids, labels=ids).loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    out = settings.assets / "adapters" / "test-reader"
    model.save_pretrained(out)
    (out / "samovar.json").write_text(json.dumps({"protocol": 1, "base": MODEL.id}))
    return adapters.find("test-reader", MODEL, settings)


def perplexity(logits: Any, ids: list[int]) -> float:
    """Return exp of the mean negative log-likelihood of `ids` but the first."""
    rows = np.asarray(logits, np.float64)[:-1]
    rows = rows - rows.max(axis=1, keepdims=True)
    chances = rows - np.log(np.exp(rows).sum(axis=1, keepdims=True))
    return math.exp(-chances[np.arange(len(rows)), ids[1:]].mean())


def ours(settings: Settings, ids: list[int], adapter: Adapter | None) -> float:
    import openvino

    path = graph.folder(MODEL, settings, adapter) / graph.XML
    model = openvino.Core().compile_model(path, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    count = len(ids)
    inputs = {
        "input_ids": np.array([ids], np.int64),
        "attention_mask": np.ones((1, count), np.int64),
        "position_ids": np.arange(count, dtype=np.int64)[None],
        "beam_idx": np.zeros(1, np.int32),
    }
    return perplexity(model.create_infer_request().infer(inputs)["logits"][0], ids)


def theirs(settings: Settings, ids: list[int], adapter: Adapter | None) -> float:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    folder = dequantised(MODEL, settings)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    if adapter is not None:
        model = PeftModel.from_pretrained(model, adapter.path)
    with torch.inference_mode():
        return perplexity(model(torch.tensor([ids])).logits[0].numpy(), ids)


@pytest.fixture(scope="module")
def plain(settings: Settings, text: list[int]) -> float:
    """The perplexity of transformers without an adapter."""
    return theirs(settings, text, None)


def test_perplexity_is_that_of_the_dequantised_file(settings, text, plain):
    assert ours(settings, text, None) == pytest.approx(plain, rel=0.005)


def test_perplexity_with_an_adapter_is_that_of_peft(settings, text, adapter, plain):
    expected = theirs(settings, text, adapter)
    assert ours(settings, text, adapter) == pytest.approx(expected, rel=0.005)
    assert expected < 0.9 * plain, "this adapter changes nothing"


def test_each_row_has_a_scale_of_its_own():
    weight = np.array([[1.0, -0.5], [0.001, 0.0005], [0.0, 0.0]], np.float32)
    rows, scale = graph.quantised(weight)
    assert rows.dtype == np.int8 and scale.dtype == np.float16
    assert rows.tolist() == [[127, -64], [16, 8], [0, 0]]  # the second row: the smallest scale
    np.testing.assert_allclose(rows * scale.astype(np.float32), weight, atol=0.004)


@pytest.fixture
def copied(settings: Settings, tmp_path: Path) -> tuple[Settings, Path]:
    """A cache of our own that already holds the base graph."""
    base = graph.folder(MODEL, settings)
    own = replace(settings, cache=tmp_path)
    shutil.copytree(base, tmp_path / "openvino" / base.name)
    return own, tmp_path / "openvino" / base.name


@pytest.mark.parametrize("damage", ["changed", "cut", "missing", "manifest"])
def test_a_damaged_cache_is_built_again(copied, monkeypatch, damage):
    own, path = copied
    intact = (path / "openvino_model.bin").read_bytes()
    built: list[Path] = []

    def rebuild(source: Path, model: Any, target: Path) -> None:
        built.append(target)
        (target / "openvino_model.bin").write_bytes(intact)
        sums = {"openvino_model.bin": graph._sha256(target / "openvino_model.bin")}
        (target / graph.MANIFEST).write_text(json.dumps(sums))

    monkeypatch.setattr(graph, "_rebuild", rebuild)
    assert graph.folder(MODEL, own) == path
    assert not built, "an intact one is used as it is"
    file = path / (graph.MANIFEST if damage == "manifest" else "openvino_model.bin")
    if damage == "missing":
        file.unlink()
    else:
        content = file.read_bytes()
        middle = len(content) // 2
        changed = content[:middle] + b"\x00\xff" + content[middle + 2 :]
        file.write_bytes(content[:middle] if damage == "cut" else changed)
    assert graph.folder(MODEL, own) == path
    assert len(built) == 1
    assert (path / "openvino_model.bin").read_bytes() == intact


def test_a_cache_that_stays_damaged_is_an_error(copied, monkeypatch):
    own, path = copied
    (path / graph.MANIFEST).write_text("{}")
    monkeypatch.setattr(graph, "_rebuild", lambda *args: None)
    with pytest.raises(StoreError, match="damaged"):
        graph.folder(MODEL, own)


def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path, settings, monkeypatch):
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(graph, "_rebuild", full)
    with pytest.raises(StoreError, match="No space left"):
        graph.folder(MODEL, replace(settings, cache=tmp_path))
    assert list((tmp_path / "openvino").iterdir()) == []


def test_an_adapter_of_another_shape_is_refused(copied, monkeypatch):
    own, _ = copied
    adapter = Adapter("odd", Path("odd"), MODEL.id, 2, 2.0, "0" * 64)
    wide = adapters.Update(np.zeros((2, 999), np.float32), np.zeros((576, 2), np.float32))
    monkeypatch.setattr(graph, "updates", lambda _: {"blk.0.attn_q": wide})
    with pytest.raises(ModelError, match=r"blk\.0\.attn_q.*576, 999.*576, 576"):
        graph.folder(MODEL, own, adapter)


def test_matrices_without_a_layer_are_refused(copied, monkeypatch):
    own, _ = copied
    adapter = Adapter("long", Path("long"), MODEL.id, 2, 2.0, "1" * 64)
    update = adapters.Update(np.zeros((2, 576), np.float32), np.zeros((576, 2), np.float32))
    monkeypatch.setattr(graph, "updates", lambda _: {"blk.30.attn_q": update})
    with pytest.raises(ModelError, match=r"blk\.30\.attn_q"):
        graph.folder(MODEL, own, adapter)
