"""Encode texts with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from tokenizers import Tokenizer

from samovar.catalog import Model
from samovar.models import encoding, tuned_encoder
from samovar.models.base import Progress, TextKind
from samovar.models.encoder_graph import GRAPH, TOKENIZER, graph
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
        self._compiled = ov.Core().compile_model(folder / GRAPH, "CPU", options(settings))
        self.dimensions = int(self._compiled.output(0).partial_shape[1].get_length())
        self._requests = threading.local()

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
        inputs = {"input_ids": ids, "attention_mask": mask}
        vectors: NDArray[np.float32] = self._request().infer(inputs)[0].astype(np.float32)
        return vectors

    def _request(self) -> Any:
        if not hasattr(self._requests, "own"):
            self._requests.own = self._compiled.create_infer_request()
        return self._requests.own


def options(settings: Settings) -> dict[str, Any]:
    """Return how this machine runs the graph of an encoder."""
    capabilities = ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "bf16" if "BF16" in capabilities else "f32",
        "INFERENCE_NUM_THREADS": settings.threads,
    }
