"""Begin with the weights of another adapter of the same base, whose network also reads pairs."""

from __future__ import annotations

from typing import Any

import torch
from peft import get_peft_model_state_dict, set_peft_model_state_dict

from samovar import catalog
from samovar.errors import InputError
from samovar.models.encoders import headed_adapter
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter
from samovar.models.pairs.lora import HEAD
from samovar.models.pairs.network import PairNetwork
from samovar.phrases import Phrase
from samovar.settings import Settings
from training.frame import record
from training.frame.recipe import Lora

OTHER_SHAPE = Phrase(
    "The adapter `{name}` has other layers, another rank or another alpha than the recipe.",
    "У адаптера «{name}» другие слои, другой ранг или другое alpha, чем в рецепте.",
)
SAME_SHAPE = Phrase(
    "Give the recipe rank {rank} and alpha {alpha:g} on the same layers.",
    "Укажите в рецепте ранг {rank} и alpha {alpha:g} для тех же слоёв.",
)
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


def warmed(network: PairNetwork, adapter: Adapter, lora: Lora) -> None:
    """Copy the matrices of `adapter` and its head into `network`, whose encoder is under `lora`.

    The one output becomes the first of the adapter's against the mean of its others: of entailment,
    how much rather the second text follows from the first than not.

    Raises:
        InputError: the adapter has other layers, another rank or alpha.
        ModelError: its file is damaged.
    """
    head, tensors = headed_adapter.split(adapter, HEAD)
    matrices = {key: torch.from_numpy(value) for key, value in tensors.items()}
    encoder: Any = network.encoder
    own = get_peft_model_state_dict(encoder)
    shapes = {key: value.shape for key, value in own.items()}
    same = shapes == {key: value.shape for key, value in matrices.items()}
    if not same or adapter.scale != lora.alpha / lora.rank:
        shape = {"rank": adapter.rank, "alpha": adapter.alpha}
        raise InputError(OTHER_SHAPE, SAME_SHAPE, name=adapter.name, **shape)
    set_peft_model_state_dict(encoder, matrices)
    weight, bias = (torch.from_numpy(head[name]) for name in HEAD[2:])
    with torch.no_grad():
        for layer, name in ((network.dense.weight, HEAD[0]), (network.dense.bias, HEAD[1])):
            layer.copy_(torch.from_numpy(head[name]))
        network.out.weight.copy_((weight[0] - weight[1:].mean(0))[None])
        network.out.bias.copy_((bias[0] - bias[1:].mean(0))[None])
