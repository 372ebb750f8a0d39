"""A network that reads pairs in torch, float32: the reference, and the engine for a GPU."""

from __future__ import annotations

from samovar.catalog import Model
from samovar.models.encoders.headed_adapter import HeadedWeights
from samovar.models.encoders.torch_network import TorchNetwork
from samovar.models.pairs.network import merged
from samovar.settings import Settings


def network(model: Model, weights: HeadedWeights, settings: Settings) -> TorchNetwork:
    """Return the network of `weights`; threads take turns by batch.

    Raises:
        ModelError: the adapter does not fit the base.
    """
    return TorchNetwork(merged(weights))
