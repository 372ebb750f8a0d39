"""Judge entailment with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models import encoder_graph, encoding
from samovar.models.entailment import EntailmentJudge, EntailmentWeights
from samovar.models.openvino_network import OpenVinoNetwork
from samovar.settings import Settings

RECIPE = 1
"""Raised when the graph that is built here changes."""


class OpenVinoEntailment(EntailmentJudge):
    """Run the merged cross-encoder with int8 weights; each thread has its own infer request."""

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

    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        return self._network(inputs)


def _graph(model: Model, weights: EntailmentWeights, settings: Settings) -> Path:
    """Return the folder with the graph, built once for each base and adapter."""
    name = f"{model.id}-{encoder_graph.mark(weights.revision)}-int8-v{RECIPE}"

    def build(draft: Path) -> None:
        from samovar.models.entailment_network import merged

        network, example = merged(weights), _example()
        with encoding.quiet():
            encoder_graph.write(encoder_graph.traced(network, example), weights.folder, draft)

    return encoder_graph.sealed(settings.cache / "openvino" / name, build)


def _example() -> dict[str, Any]:
    import torch

    ids = torch.ones((2, 8), dtype=torch.int64)
    segments = torch.tensor([[0, 1, 1, 0, 0, 2, 2, 0]] * 2)
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids), "segments": segments}
