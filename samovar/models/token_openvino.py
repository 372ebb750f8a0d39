"""Tag tokens with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models import encoder_graph, encoding
from samovar.models.openvino_network import OpenVinoNetwork
from samovar.models.token_tagger import Floats, TokenTagger, TokenWeights
from samovar.settings import Settings

RECIPE = 1
"""Raised when the graph that is built here changes."""


class OpenVinoTokenTagger(TokenTagger):
    """Run the merged network with int8 weights; each thread has its own infer request."""

    engine = "openvino"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`, building its graph on first use (some 10 s).

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings)
        path = _graph(model, self.weights, settings) / encoder_graph.GRAPH
        self._network = OpenVinoNetwork(path, settings)

    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> Floats:
        return self._network(inputs)


def _graph(model: Model, weights: TokenWeights, settings: Settings) -> Path:
    """Return the folder with the graph, built once for each base and adapter."""
    name = f"{model.id}-{encoder_graph.mark(weights.revision)}-int8-v{RECIPE}"

    def build(draft: Path) -> None:
        import torch

        from samovar.models.token_network import merged

        ids = torch.ones((2, 8), dtype=torch.int64)
        example = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        with encoding.quiet():
            graph = encoder_graph.traced(merged(weights), example)
            encoder_graph.write(graph, weights.folder, draft)

    return encoder_graph.sealed(settings.cache / "openvino" / name, build)
