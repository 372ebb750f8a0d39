"""The int8 graph: as good as transformers on the same weights, with and without an adapter."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_adapters import READER, encyclopedia

from samovar import catalog
from samovar.errors import ModelError, StoreError
from samovar.models.chat.openvino import graph
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter
from samovar.models.files.dequantised import dequantised
from samovar.settings import Settings

MODEL = catalog.model("smollm2-135m-instruct")
TOKENS = 512
WEIGHTS, INTACT = "openvino_model.bin", bytes(range(256)) * 8


@pytest.fixture(scope="module")
def text(settings: Settings) -> list[int]:
    """The first TOKENS tokens of our own encyclopedia."""
    from transformers import AutoTokenizer

    return encyclopedia(AutoTokenizer.from_pretrained(dequantised(MODEL, settings)), TOKENS)


@pytest.fixture(scope="module")
def adapter(settings: Settings) -> Adapter:
    """An adapter of all seven kinds of layers that read half of the text three times."""
    return adapters.find(READER, MODEL, settings)


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


@pytest.fixture(scope="module")
def theirs(settings: Settings, text: list[int], adapter: Adapter) -> tuple[float, float]:
    """The perplexity of transformers without and with the adapter."""
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    folder, ids = dequantised(MODEL, settings), torch.tensor([text])
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    with torch.inference_mode():
        plain = perplexity(model(ids).logits[0].numpy(), text)
        adapted = PeftModel.from_pretrained(model, adapter.path)
        return plain, perplexity(adapted(ids).logits[0].numpy(), text)


def test_perplexity_is_that_of_the_dequantised_file(settings, text, theirs):
    assert ours(settings, text, None) == pytest.approx(theirs[0], rel=0.005)


def test_perplexity_with_an_adapter_is_that_of_peft(settings, text, adapter, theirs):
    plain, adapted = theirs
    assert ours(settings, text, adapter) == pytest.approx(adapted, rel=0.005)
    assert adapted < 0.9 * plain, "this adapter changes nothing"


def test_each_row_has_a_scale_of_its_own():
    weight = np.array([[1.0, -0.5], [0.001, 0.0005], [0.0, 0.0]], np.float32)
    rows, scale = graph.quantised(weight)
    assert rows.dtype == np.int8 and scale.dtype == np.float16
    assert rows.tolist() == [[127, -64], [16, 8], [0, 0]]  # the second row: the smallest scale
    np.testing.assert_allclose(rows * scale.astype(np.float32), weight, atol=0.004)


@pytest.fixture
def small(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Settings, Path, list[Path]]:
    """A cache of our own with a stand-in of a graph, and the places where it was built."""
    built: list[Path] = []

    def rebuild(source: Path, model: Any, target: Path) -> None:
        built.append(target)
        (target / WEIGHTS).write_bytes(INTACT)
        (target / graph.MANIFEST).write_text(json.dumps({WEIGHTS: graph._sha256(target / WEIGHTS)}))

    monkeypatch.setattr(graph, "_rebuild", rebuild)
    own = replace(settings, cache=tmp_path)
    return own, graph.folder(MODEL, own), built


@pytest.mark.parametrize("damage", ["changed", "cut", "missing", "manifest"])
def test_a_damaged_cache_is_built_again(small, damage):
    own, path, built = small
    assert graph.folder(MODEL, own) == path
    assert len(built) == 1, "an intact one is used as it is"
    file = path / (graph.MANIFEST if damage == "manifest" else WEIGHTS)
    if damage == "missing":
        file.unlink()
    else:
        content = file.read_bytes()
        middle = len(content) // 2
        changed = content[:middle] + b"\x00\xff" + content[middle + 2 :]
        file.write_bytes(content[:middle] if damage == "cut" else changed)
    assert graph.folder(MODEL, own) == path
    assert len(built) == 2
    assert (path / WEIGHTS).read_bytes() == INTACT


def test_a_cache_that_stays_damaged_is_an_error(small, monkeypatch):
    own, path, _ = small
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


def test_an_adapter_of_another_shape_is_refused(settings, monkeypatch):
    adapter = Adapter("odd", Path("odd"), MODEL.id, 2, 2.0, "0" * 64)
    wide = adapters.Update(np.zeros((2, 999), np.float32), np.zeros((576, 2), np.float32))
    monkeypatch.setattr(graph, "updates", lambda _: {"blk.0.attn_q": wide})
    with pytest.raises(ModelError, match=r"blk\.0\.attn_q.*576, 999.*576, 576"):
        graph.folder(MODEL, settings, adapter)


def test_matrices_without_a_layer_are_refused(settings, monkeypatch):
    adapter = Adapter("long", Path("long"), MODEL.id, 2, 2.0, "1" * 64)
    update = adapters.Update(np.zeros((2, 576), np.float32), np.zeros((576, 2), np.float32))
    monkeypatch.setattr(graph, "updates", lambda _: {"blk.30.attn_q": update})
    with pytest.raises(ModelError, match=r"blk\.30\.attn_q"):
        graph.folder(MODEL, settings, adapter)
