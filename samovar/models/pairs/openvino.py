"""A network that reads pairs as an OpenVINO graph with packed weights: the default on an x86 CPU."""

from __future__ import annotations

from functools import partial

from samovar.catalog import Model
from samovar.models.encoders import graph
from samovar.models.encoders.graph import Traceable
from samovar.models.encoders.headed_adapter import HeadedWeights
from samovar.models.encoders.openvino_network import OpenVinoNetwork
from samovar.settings import Settings


def network(model: Model, weights: HeadedWeights, settings: Settings) -> OpenVinoNetwork:
    """Return the graph of `weights`, built on first use (some 10 s); several threads may call it.

    Raises:
        ModelError: the adapter does not fit the base.
        StoreError: the cache cannot be written.
    """
    load = partial(_load, weights)
    folder = graph.built(model, weights.revision, settings, load)
    return OpenVinoNetwork(folder / graph.GRAPH, settings)


def _load(weights: HeadedWeights) -> Traceable:
    import torch

    from samovar.models.pairs.network import merged

    ids = graph.example(2, 8)
    segments = torch.tensor([[0, 1, 1, 0, 0, 2, 2, 0]] * 2)
    inputs = {"input_ids": ids, "attention_mask": ids, "segments": segments}
    return Traceable(merged(weights), inputs, weights.folder)
