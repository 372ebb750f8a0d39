"""LoRA on the layers of a BERT: the names of its tensors, and the merge into the base's weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter, Update

if TYPE_CHECKING:
    import torch

LAYER_NAMES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
BEGIN = "base_model.model.encoder.layer."
ENDS = {".lora_A.weight": "A", ".lora_B.weight": "B"}


def updates(adapter: Adapter, tensors: adapters.Tensors) -> dict[str, Update]:
    """Return the matrices by the layer's name in the base, such as `encoder.layer.0.output.dense`.

    Raises:
        ModelError: tensors that are no LoRA matrices of such a layer, or of odd shapes.
    """
    return adapters.paired(adapter, tensors, _layer)


def merge(network: torch.nn.Module, adapter: Adapter, changes: dict[str, Update]) -> None:
    """Add `changes` to the weights of `network`, a BERT in float32.

    Raises:
        ModelError: the adapter changes a layer that the base does not have, or of another size.
    """
    import torch

    layers: dict[str, Any] = dict(network.named_parameters())
    for place, update in changes.items():
        layer = layers.get(f"{place}.weight")
        change = torch.from_numpy(adapter.scale * (update.b @ update.a))
        if layer is None or layer.shape != change.shape:
            raise adapters.broken(
                adapter.name, adapters.SHAPE, tensor=place, shape=list(change.shape)
            )
        layer.data += change


def _layer(key: str) -> tuple[str, str] | None:
    """Return the layer of the base that the tensor `key` changes, and its half."""
    for end, half in ENDS.items():
        place = key.removeprefix(BEGIN).removesuffix(end)
        number, _, name = place.partition(".")
        if key == f"{BEGIN}{place}{end}" and number.isdecimal() and name in LAYER_NAMES:
            return f"encoder.layer.{place}", half
    return None
