"""The adapter of a network that reads pairs: LoRA on a BERT, and a head over both texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samovar.catalog import Model
from samovar.models.encoders import bert_adapter, encoding, headed_adapter
from samovar.models.encoders.headed_adapter import HeadedWeights
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter, Tensors
from samovar.settings import Settings

HEAD = ("head.dense.weight", "head.dense.bias", "head.out.weight", "head.out.bias")
PARTS = 5
"""Vectors that the head reads side by side: c, u, v, |u - v|, u * v."""


def read(
    model: Model, settings: Settings, role: str, labels: Sequence[str]
) -> tuple[HeadedWeights, Mapping[str, Any]]:
    """Return the weights of `model`, a row of the catalog with a base, and the adapter's own file.

    The head has one output for each of `labels`.

    Raises:
        ModelError: no such adapter, another base, role, protocol or labels, or damaged files.
        StoreError: the cache cannot be written.
    """
    adapter, base, about = headed_adapter.find(model, settings, role, labels)
    head, tensors = headed_adapter.split(adapter, HEAD)
    _check(adapter, head, len(labels))
    updates = bert_adapter.updates(adapter, tensors)
    return HeadedWeights(adapter, base, encoding.folder(base, settings), updates, head), about


def outputs(weights: HeadedWeights) -> int:
    """Return how many logits the head gives each pair."""
    return len(weights.head[HEAD[-1]])


def _check(adapter: Adapter, head: Tensors, outputs: int) -> None:
    width = head[HEAD[0]].shape[0] if head[HEAD[0]].ndim else 0
    expected = ((width, PARTS * width), (width,), (outputs, width), (outputs,))
    for name, shape in zip(HEAD, expected, strict=True):
        if head[name].shape != shape:
            actual = list(head[name].shape)
            raise adapters.broken(adapter.name, adapters.SHAPE, tensor=name, shape=actual)
