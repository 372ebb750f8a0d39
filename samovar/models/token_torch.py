"""Tag tokens with transformers: the reference, and the engine for a GPU."""

from __future__ import annotations

import threading

import numpy as np
import torch
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models.token_network import merged
from samovar.models.token_tagger import Floats, TokenTagger
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
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._network = merged(self.weights).to(self._device)
        self._turn = threading.Lock()

    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> Floats:
        rows = {name: torch.from_numpy(row).to(self._device) for name, row in inputs.items()}
        with self._turn, torch.inference_mode():
            logits: Floats = self._network(**rows).float().cpu().numpy()
        return logits
