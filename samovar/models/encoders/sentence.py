"""Encode texts with sentence-transformers: the reference, and the engine for a GPU."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

from samovar.catalog import Model
from samovar.models.base import Progress, TextKind
from samovar.models.encoders import encoding, tuned
from samovar.settings import Settings


class SentenceEncoder:
    """Run one encoder; threads take turns by batch, so a long list does not block a query."""

    engine = "sentence-transformers"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`: float16 on a GPU, float32 elsewhere.

        Raises:
            ModelError: the weights or the adapter cannot be found, read or fetched.
            StoreError: the cache cannot be written.
        """
        self.model = model
        self.name = model.id
        self.revision = tuned.revision(model, settings)
        folder = encoding.folder(model, settings)
        with encoding.quiet():
            self._inner = _loaded(folder, model)
            tuned.merge(self._inner[0].auto_model, model, settings)
        self._inner.max_seq_length = model.context
        self._inner.tokenizer.split_special_tokens = True  # typed `</s>` is plain text
        self.dimensions = int(self._inner.get_embedding_dimension() or 0)
        self._lock = threading.Lock()

    def encode(
        self, texts: Sequence[str], kind: TextKind = "symmetric", progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Return unit vectors, float32 [texts, dimensions]; `kind` chooses the model's prefix."""
        full = encoding.prefixed(self.model, texts, kind)
        return encoding.encoded(full, self._batch, self.dimensions, progress)

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        with self._lock:
            vectors = self._inner.encode(
                texts, batch_size=len(texts), convert_to_numpy=True, show_progress_bar=False
            )
        return np.asarray(vectors, np.float32)


def _loaded(folder: Path, model: Model) -> SentenceTransformer:
    kind = torch.float16 if torch.cuda.is_available() else torch.float32
    if (folder / "modules.json").is_file() and model.source == "hub":
        return SentenceTransformer(str(folder), model_kwargs={"dtype": kind})
    body = Transformer(str(folder), model_kwargs={"dtype": kind, "add_pooling_layer": False})
    pooling = Pooling(body.get_embedding_dimension(), "mean")
    return SentenceTransformer(modules=[body, pooling, Normalize()])
