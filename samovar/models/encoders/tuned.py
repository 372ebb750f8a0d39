"""The adapter of an encoder: which weights it makes, and the network with them merged in."""

from __future__ import annotations

from typing import Any

from samovar import catalog
from samovar.catalog import Model
from samovar.models.encoders import bert_adapter, encoding
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter
from samovar.settings import Settings

ROLE = "retriever"


def adapter(model: Model, settings: Settings) -> Adapter | None:
    """Return the adapter of `model`, None when it is an encoder of its own.

    Raises:
        ModelError: it is missing or damaged, or made for another base, role or protocol.
    """
    if not model.base:
        return None
    return adapters.find(model.id, catalog.model(model.base), settings, ROLE)


def revision(model: Model, settings: Settings) -> str:
    """Return what identifies the exact weights, those of the adapter included.

    Raises:
        ModelError: the adapter is missing or damaged.
    """
    lora = adapter(model, settings)
    plain = encoding.revision(model)
    return f"{plain} {lora.digest[:12]}" if lora else plain


def merge(network: Any, model: Model, settings: Settings) -> None:
    """Add the adapter of `model`, if it has one, to `network`, its base in float32.

    Raises:
        ModelError: the adapter is missing, damaged, or does not fit.
    """
    lora = adapter(model, settings)
    if lora:
        changes = bert_adapter.updates(lora, adapters.tensors(lora))
        bert_adapter.merge(network, lora, changes)
