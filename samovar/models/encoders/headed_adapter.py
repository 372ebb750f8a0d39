"""An adapter of a BERT with a head of its own: what every reader of one checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.encoders import encoding
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter, Tensors, Update
from samovar.phrases import Phrase
from samovar.settings import Settings

ABSENT = Phrase("{tensor} is missing", "нет тензора {tensor}")


@dataclass(frozen=True, slots=True)
class HeadedWeights:
    """Hold a checked adapter: the changes of the base's layers and the head."""

    adapter: Adapter
    base: Model
    folder: Path
    """The base as a transformers folder."""
    updates: dict[str, Update]
    """By the layer's name in the base, such as `encoder.layer.0.output.dense`."""
    head: Tensors

    @property
    def revision(self) -> str:
        """Return what identifies the exact weights."""
        return f"{encoding.revision(self.base)} {self.adapter.digest}"


def find(
    model: Model, settings: Settings, role: str, labels: Sequence[str]
) -> tuple[Adapter, Model, Mapping[str, Any]]:
    """Return the adapter of `model`, its base and its own file.

    Raises:
        ModelError: no such adapter, another base, role, protocol or labels, or damaged files.
    """
    base = catalog.model(model.base)
    adapter = adapters.find(model.id, base, settings, role)
    about = adapters.own(adapter)
    if tuple(about.get("labels") or ()) != tuple(labels):
        raise odd(adapter, "labels", about.get("labels"))
    return adapter, base, about


def split(adapter: Adapter, names: Sequence[str]) -> tuple[Tensors, Tensors]:
    """Return the tensors of the head, which are called `names`, and the others.

    Raises:
        ModelError: the file is damaged, or a tensor of the head is missing.
    """
    tensors = adapters.tensors(adapter)
    for name in names:
        if name not in tensors:
            raise adapters.broken(adapter.name, ABSENT, tensor=name)
    return {name: tensors.pop(name) for name in names}, tensors


def odd(adapter: Adapter, key: str, value: object) -> ModelError:
    """Return the error that says what in the adapter's own file cannot be used."""
    return adapters.broken(
        adapter.name, adapters.NOT_PLAIN, key=key, value=value, file=adapters.FILES[2]
    )
