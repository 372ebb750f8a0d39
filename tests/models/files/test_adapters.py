"""Adapters: found by name, never by path; refused when they do not fit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.files import adapters
from samovar.settings import Settings

MODEL = catalog.model("smollm2-135m-instruct")
LAYER = "base_model.model.model.layers.3.self_attn.q_proj"
GOOD = {f"{LAYER}.lora_A.weight": (2, 576), f"{LAYER}.lora_B.weight": (576, 2)}


@pytest.fixture
def shelf(tmp_path: Path) -> Settings:
    return Settings(assets=tmp_path, offline=True)


def put(
    shelf: Settings,
    name: str = "tea",
    config: dict[str, Any] | None = None,
    own: dict[str, Any] | None = None,
    shapes: dict[str, tuple[int, ...]] = GOOD,
    dtype: torch.dtype = torch.float32,
) -> Path:
    """Write an adapter; `config` and `own` change single entries of its two JSON files."""
    folder = shelf.assets / "adapters" / name
    folder.mkdir(parents=True, exist_ok=True)
    plain = {"peft_type": "LORA", "r": 2, "lora_alpha": 8, "bias": "none"}
    base = {"base": MODEL.id, "protocol": adapters.PROTOCOL}
    (folder / "adapter_config.json").write_text(json.dumps(plain | (config or {})))
    (folder / "samovar.json").write_text(json.dumps(base | (own or {})))
    tensors = {key: torch.full(shape, 0.5, dtype=dtype) for key, shape in shapes.items()}
    save_file(tensors, folder / "adapter_model.safetensors")
    return folder


def test_an_adapter_is_found_by_its_name(shelf):
    folder = put(shelf)
    found = adapters.find("tea", MODEL, shelf)
    assert (found.path, found.base, found.rank, found.scale) == (folder, MODEL.id, 2, 4.0)
    assert adapters.names(shelf) == ["tea"]


def test_rank_stabilised_adapters_have_another_scale(shelf):
    put(shelf, config={"r": 4, "use_rslora": True})
    assert adapters.find("tea", MODEL, shelf).scale == pytest.approx(8 / 2)


def test_changed_files_have_another_digest(shelf):
    folder = put(shelf)
    before = adapters.find("tea", MODEL, shelf).digest
    assert adapters.find("tea", MODEL, shelf).digest == before
    save_file({"x": torch.zeros(3)}, folder / "adapter_model.safetensors")
    assert adapters.find("tea", MODEL, shelf).digest != before


@pytest.mark.parametrize(
    "name",
    ["../tea", "/etc", "tea/../tea", "", ".", "..", "TEA", "a" * 99, "tea\n", "чай", "tea.", None],
)
def test_a_name_is_never_a_path(shelf, name):
    put(shelf)
    with pytest.raises(ModelError, match="tea"):
        adapters.find(name, MODEL, shelf)


def test_an_unknown_name_lists_the_known_ones(shelf):
    put(shelf, "tea"), put(shelf, "frost")
    with pytest.raises(ModelError, match="frost, tea"):
        adapters.find("coffee", MODEL, shelf)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"own": {"base": "gemma-3-270m"}}, "belongs to gemma-3-270m"),
        ({"own": {"protocol": 99}}, "protocol 99"),
        ({"own": {"protocol": None}}, "protocol None"),
        ({"config": {"peft_type": "IA3"}}, "peft_type is IA3"),
        ({"config": {"use_dora": True}}, "use_dora is True"),
        ({"config": {"bias": "all"}}, "bias is all"),
        ({"config": {"modules_to_save": ["lm_head"]}}, "modules_to_save"),
        ({"config": {"rank_pattern": {"q_proj": 8}}}, "rank_pattern"),
        ({"config": {"r": 0}}, "r is 0"),
        ({"config": {"lora_alpha": None}}, "lora_alpha is None"),
    ],
)
def test_what_cannot_be_used_is_refused(shelf, change, said):
    put(shelf, **change)
    with pytest.raises(ModelError, match=said):
        adapters.find("tea", MODEL, shelf)


@pytest.mark.parametrize("file", adapters.FILES)
def test_a_missing_file_is_named(shelf, file):
    (put(shelf) / file).unlink()
    with pytest.raises(ModelError, match=file):
        adapters.find("tea", MODEL, shelf)


@pytest.mark.parametrize("content", ["", "{", "[1]", "\x00"])
def test_a_damaged_file_is_named(shelf, content):
    folder = put(shelf)
    (folder / "samovar.json").write_text(content)
    with pytest.raises(ModelError, match=r"samovar\.json is damaged"):
        adapters.find("tea", MODEL, shelf)
    put(shelf)
    (folder / "adapter_model.safetensors").write_text(content)
    with pytest.raises(ModelError, match=r"adapter_model\.safetensors is damaged"):
        adapters.updates(adapters.find("tea", MODEL, shelf))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
def test_matrices_are_named_as_in_a_gguf(shelf, dtype):
    put(shelf, dtype=dtype)
    [(place, update)] = adapters.updates(adapters.find("tea", MODEL, shelf)).items()
    assert place == "blk.3.attn_q"
    assert update.a.shape == (2, 576) and update.b.shape == (576, 2)
    assert update.a.dtype == update.b.dtype == np.float32
    assert (update.b @ update.a == 0.5).all()


@pytest.mark.parametrize(
    "shapes",
    [
        {**GOOD, "base_model.model.lm_head.lora_A.weight": (2, 576)},
        {**GOOD, f"{LAYER}.lora_magnitude_vector": (576,)},
        {f"{LAYER}.lora_A.weight": (2, 576)},
        {**GOOD, f"{LAYER}.lora_A.weight": (3, 576)},
        {**GOOD, f"{LAYER}.lora_B.weight": (576,)},
    ],
)
def test_tensors_that_are_no_pairs_of_matrices_are_refused(shelf, shapes):
    put(shelf, shapes=shapes)
    with pytest.raises(ModelError, match=r"tensor|shape"):
        adapters.updates(adapters.find("tea", MODEL, shelf))


def test_the_error_speaks_russian(shelf):
    put(shelf, own={"base": "gemma-3-270m"})
    with pytest.raises(ModelError) as caught:
        adapters.find("tea", MODEL, replace(shelf))
    assert "сделан для модели gemma-3-270m" in caught.value.say("ru")
