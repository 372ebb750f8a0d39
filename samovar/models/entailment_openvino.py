"""Judge entailment with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models import encoder_graph
from samovar.models.encoder_graph import Traceable
from samovar.models.entailment import EntailmentJudge, EntailmentWeights
from samovar.models.openvino_network import OpenVinoNetwork
from samovar.settings import Settings


class OpenVinoEntailment(EntailmentJudge):
    """Run the merged cross-encoder with packed weights; each thread has its own infer request."""

    engine = "openvino"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`, building its graph on first use (some 10 s).

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings)
        load = partial(_load, self.weights)
        folder = encoder_graph.built(model, self.weights.revision, settings, load)
        self._network = OpenVinoNetwork(folder / encoder_graph.GRAPH, settings)

    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        return self._network(inputs)


def _load(weights: EntailmentWeights) -> Traceable:
    import torch

    from samovar.models.entailment_network import merged

    ids = encoder_graph.example(2, 8)
    segments = torch.tensor([[0, 1, 1, 0, 0, 2, 2, 0]] * 2)
    inputs = {"input_ids": ids, "attention_mask": ids, "segments": segments}
    return Traceable(merged(weights), inputs, weights.folder)
