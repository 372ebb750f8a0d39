"""Tag tokens with transformers: the reference, and the engine for a GPU."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models.encoders.torch_network import TorchNetwork
from samovar.models.taggers.token_network import merged
from samovar.models.taggers.token_tagger import Floats, TokenTagger
from samovar.settings import Settings


class TorchTokenTagger(TokenTagger):
    """Run the merged network in float32; threads take turns by batch."""

    engine = "transformers"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`.

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings)
        self._network = TorchNetwork(merged(self.weights))

    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> Floats:
        return self._network(inputs)
