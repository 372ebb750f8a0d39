"""Encode texts with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from samovar.catalog import Model
from samovar.models import encoding, tuned_encoder
from samovar.models.base import Progress, TextKind
from samovar.models.encoder_graph import GRAPH, TOKENIZER, graph
from samovar.models.openvino_network import OpenVinoNetwork
from samovar.settings import Settings


class OpenVinoEncoder:
    """Run one encoder; several threads may call it at once, each with its own infer request."""

    engine = "openvino"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`, building its graph on first use.

        Raises:
            ModelError: the weights or the adapter cannot be found or read.
            StoreError: the cache cannot be written.
        """
        folder = graph(model, settings)
        self.model = model
        self.name = model.id
        self.revision = tuned_encoder.revision(model, settings)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.encode_special_tokens = True  # `</s>` typed by a visitor is plain text
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(model.context)
        self._network = OpenVinoNetwork(folder / GRAPH, settings)
        self.dimensions = self._network.width

    def encode(
        self, texts: Sequence[str], kind: TextKind = "symmetric", progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Return unit vectors, float32 [texts, dimensions]; `kind` chooses the model's prefix."""
        full = encoding.prefixed(self.model, texts, kind)
        return encoding.encoded(full, self._batch, self.dimensions, progress)

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        rows = [found.ids for found in self._tokenizer.encode_batch(texts)]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        mask = np.zeros_like(ids)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = row
            mask[at, : len(row)] = 1
        return self._network({"input_ids": ids, "attention_mask": mask})
