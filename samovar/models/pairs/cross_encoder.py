"""Read a question together with each passage, by sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder

from samovar.catalog import Model
from samovar.models.encoders import encoding
from samovar.settings import Settings


class SentenceReranker:
    """Run one cross-encoder; threads take turns."""

    engine = "sentence-transformers"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`: float16 on a GPU, float32 elsewhere.

        Raises:
            ModelError: the weights cannot be found or fetched.
        """
        self.name = model.id
        kind = torch.float16 if torch.cuda.is_available() else torch.float32
        with encoding.quiet():
            self._inner = CrossEncoder(
                str(encoding.folder(model, settings)),
                max_length=min(model.context, 512),
                model_kwargs={"dtype": kind},
                activation_fn=torch.nn.Identity(),
            )
        self._inner.tokenizer.split_special_tokens = True  # typed `</s>` is plain text
        self._lock = threading.Lock()

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return the model's logit for each passage, float32 [passages]; higher is better."""
        if not passages:
            return np.empty(0, np.float32)
        with self._lock:
            scores = self._inner.predict(
                [(question, passage) for passage in passages],
                batch_size=encoding.BATCH,
                show_progress_bar=False,
            )
        return np.asarray(scores, np.float32).reshape(len(passages))
