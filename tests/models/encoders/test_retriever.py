"""The encoder of search: an adapter made here, what refuses it, and what happens without one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from samovar import catalog
from samovar.errors import ModelError
from samovar.models.encoders import bert_adapter, tuned
from samovar.models.hardware import Hardware
from samovar.models.shelf import Shelf
from samovar.settings import Settings

ROW = catalog.model("search-e5")
LAPTOP = Hardware("x86_64", 2, False)
RANK, WIDTH = 2, 8


def put(assets: Path, **about: object) -> None:
    """Write an adapter of one layer, its `samovar.json` changed by `about`."""
    folder = assets / "adapters" / ROW.id
    folder.mkdir(parents=True)
    config = {"peft_type": "LORA", "r": RANK, "lora_alpha": 4, "target_modules": ["query"]}
    own = {"protocol": 1, "base": ROW.base, "role": "retriever"}
    (folder / "adapter_config.json").write_text(json.dumps(config))
    (folder / "samovar.json").write_text(json.dumps(own | about))
    place = f"{bert_adapter.BEGIN}0.attention.self.query"
    tensors = {f"{place}.lora_A.weight": torch.ones(RANK, WIDTH)}
    tensors[f"{place}.lora_B.weight"] = torch.full((WIDTH, RANK), 0.5)
    save_file(tensors, folder / "adapter_model.safetensors")


class Layer(torch.nn.Module):
    """Answer to the name of the query of layer 0."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(width, width))
        self.requires_grad_(False)

    def named_parameters(self, *_: object, **__: object):
        yield "encoder.layer.0.attention.self.query.weight", self.weight


def test_the_adapter_is_added_to_the_base(tmp_path: Path) -> None:
    put(tmp_path)
    settings = replace(Settings.from_env(), assets=tmp_path)
    network = Layer(WIDTH)
    tuned.merge(network, ROW, settings)
    assert torch.equal(network.weight, torch.full((WIDTH, WIDTH), 4 / RANK * RANK * 0.5))
    plain = tuned.revision(catalog.model(ROW.base), settings)
    assert tuned.revision(ROW, settings).startswith(ROW.revision) and plain
    with pytest.raises(ModelError, match=r"has the shape \[8, 8\]"):
        tuned.merge(Layer(WIDTH + 1), ROW, settings)


def test_a_model_without_an_adapter_stays_as_it_is() -> None:
    network = Layer(WIDTH)
    tuned.merge(network, catalog.model(ROW.base), Settings.from_env())
    assert not network.weight.any()


def test_the_profile_takes_it_where_it_is_and_does_without_it(tmp_path: Path) -> None:
    settings = replace(Settings.from_env(), assets=tmp_path)
    bare = Shelf(settings, LAPTOP)
    assert bare.choice("retriever").model.id == ROW.base
    with pytest.raises(ModelError, match="no adapter `search-e5`"):
        bare.retriever("search-e5")
    put(tmp_path)
    assert Shelf(settings, LAPTOP).choice("retriever").model is ROW
    assert Shelf(settings, LAPTOP).choice("encoder").model.id == ROW.base


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"role": "entailment"}, "role entailment, not retriever"),
        ({"base": "all-minilm-l6-v2"}, "belongs to all-minilm-l6-v2"),
        ({"protocol": 99}, "protocol 99"),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(
    tmp_path: Path, about: dict[str, object], told: str
) -> None:
    put(tmp_path, **about)
    with pytest.raises(ModelError, match=told):
        tuned.revision(ROW, replace(Settings.from_env(), assets=tmp_path))
