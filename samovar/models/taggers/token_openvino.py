"""Tag tokens with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models.encoders import graph
from samovar.models.encoders.graph import Traceable
from samovar.models.encoders.openvino_network import OpenVinoNetwork
from samovar.models.taggers.token_tagger import Floats, TokenTagger, TokenWeights
from samovar.settings import Settings


class OpenVinoTokenTagger(TokenTagger):
    """Run the merged network with packed weights; several threads may call it at once."""

    engine = "openvino"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`, building its graph on first use (some 10 s).

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings)
        load = partial(_load, self.weights)
        folder = graph.built(model, self.weights.revision, settings, load)
        self._network = OpenVinoNetwork(folder / graph.GRAPH, settings)

    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> Floats:
        return self._network(inputs)


def _load(weights: TokenWeights) -> Traceable:
    from samovar.models.taggers.token_network import merged

    ids = graph.example(2, 8)
    return Traceable(merged(weights), {"input_ids": ids, "attention_mask": ids}, weights.folder)
