"""Begin with the weights of another adapter of the same base."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from peft import get_peft_model_state_dict, set_peft_model_state_dict
from safetensors import SafetensorError
from safetensors.torch import load_file

from samovar import catalog
from samovar.errors import InputError
from samovar.models.encoders import headed_adapter
from samovar.models.files import adapters
from samovar.models.files.adapters import FILES, Adapter
from samovar.models.pairs.lora import HEAD
from samovar.models.pairs.network import PairNetwork
from samovar.phrases import Phrase
from samovar.settings import Settings
from training.frame import record

OTHER_SHAPE = Phrase(
    "The adapter `{name}` has other layers, another rank or another alpha than the recipe.",
    "У адаптера «{name}» другие слои, другой ранг или другое alpha, чем в рецепте.",
)
SAME_SHAPE = Phrase(
    "Give the recipe rank {rank} and alpha {alpha:g} on the same layers.",
    "Укажите в рецепте ранг {rank} и alpha {alpha:g} для тех же слоёв.",
)
NO_ADAPTER = Phrase(
    "There is no whole adapter in {folder}: {why}.", "В {folder} нет целого адаптера: {why}."
)
TRAIN_FIRST = Phrase("Train it first.", "Сначала обучите его.")
NO_SOURCES = Phrase(
    "The adapter `{name}` does not say what it was trained on: {file} names no sources.",
    "Адаптер «{name}» не говорит, на чём обучен: в {file} нет источников.",
)
TRAIN_IT = Phrase("Train it again.", "Обучите его заново.")


def starting_adapter(name: str, settings: Settings) -> Adapter:
    """Return the adapter `name`, a model of the catalog.

    Raises:
        ModelError: no such model or adapter, another base, role or protocol, or damaged files.
    """
    model = catalog.model(name)
    return adapters.find(name, catalog.model(model.base), settings, model.role)


def sources(adapter: Adapter) -> list[str]:
    """Return what `adapter` was trained on, one line a data set, as its card names it.

    Raises:
        InputError: it does not say.
    """
    said = (record.read(adapter.path / record.FILE) or {}).get("sources")
    if not said:
        raise InputError(NO_SOURCES, TRAIN_IT, name=adapter.name, file="run.json")
    return [str(line) for line in said]


def copied(model: Any, folder: Path) -> None:
    """Copy the matrices of the adapter in `folder` into `model`, a base under LoRA of the same shape.

    Raises:
        InputError: the folder holds no adapter, or one with other layers, another rank or alpha.
    """
    try:
        matrices = load_file(folder / FILES[1])
        config = json.loads((folder / FILES[0]).read_text(encoding="utf-8"))
    except (OSError, ValueError, SafetensorError) as error:
        raise InputError(NO_ADAPTER, TRAIN_FIRST, folder=folder, why=error) from error
    _take(model, matrices, folder.name, config["r"], config["lora_alpha"])


def warmed(network: PairNetwork, adapter: Adapter) -> None:
    """Copy the matrices of `adapter` and its head into `network`, whose encoder is under LoRA.

    The one output becomes the first of the adapter's against the mean of its others: of entailment,
    how much rather the second text follows from the first than not.

    Raises:
        InputError: the adapter has other layers, another rank or alpha.
        ModelError: its file is damaged.
    """
    head = _inner(network, adapter)
    weight, bias = head[HEAD[2]], head[HEAD[3]]
    with torch.no_grad():
        network.out.weight.copy_((weight[0] - weight[1:].mean(0))[None])
        network.out.bias.copy_((bias[0] - bias[1:].mean(0))[None])


def continued(network: PairNetwork, adapter: Adapter) -> None:
    """Copy all of `adapter`, whose labels are those of `network`: at first both say the same.

    Raises:
        InputError: the adapter has other layers, another rank or alpha.
        ModelError: its file is damaged.
    """
    head = _inner(network, adapter)
    with torch.no_grad():
        network.out.weight.copy_(head[HEAD[2]])
        network.out.bias.copy_(head[HEAD[3]])


def _inner(network: PairNetwork, adapter: Adapter) -> dict[str, torch.Tensor]:
    """Copy what lies before the outputs into `network`, and return the adapter's head by name."""
    head, tensors = headed_adapter.split(adapter, HEAD)
    matrices = {key: torch.from_numpy(value) for key, value in tensors.items()}
    _take(network.encoder, matrices, adapter.name, adapter.rank, adapter.alpha)
    held = {name: torch.from_numpy(value) for name, value in head.items()}
    with torch.no_grad():
        network.dense.weight.copy_(held[HEAD[0]])
        network.dense.bias.copy_(held[HEAD[1]])
    return held


def _take(
    model: Any, matrices: dict[str, torch.Tensor], name: str, rank: int, alpha: float
) -> None:
    """Give `model` the matrices of the adapter `name`, whose update counts alpha / rank times."""
    lora = model.peft_config["default"]
    shapes = {key: value.shape for key, value in get_peft_model_state_dict(model).items()}
    same = shapes == {key: value.shape for key, value in matrices.items()}
    if not same or alpha / rank != lora.lora_alpha / lora.r:
        raise InputError(OTHER_SHAPE, SAME_SHAPE, name=name, rank=rank, alpha=alpha)
    set_peft_model_state_dict(model, matrices)
