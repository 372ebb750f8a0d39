"""The reranker trained here: a cross-encoder of a passage and a question, one score of relevance.

It reads `<s> passage: PASSAGE </s> </s> query: QUESTION </s>`. The form of a pair is written here
once; training imports it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models.pairs import lora
from samovar.models.pairs.model import Load, PairModel
from samovar.models.pairs.rows import PairForm
from samovar.settings import Settings

ROLE = "reranker"
LABELS = ("relevance",)
LONGEST = 256
"""Tokens of a pair: most passages of the index with their question; training may cut earlier."""
FORM = PairForm(LONGEST, "passage", "query")
"""The passage comes first, as the premise does in the entailment model, from which training starts."""


class TrainedReranker(PairModel):
    """Score passages on an engine; several threads may call one reranker at once."""

    batch = 8
    """Passages are long, and more of them at once were slower on a CPU."""

    def __init__(self, model: Model, settings: Settings, load: Load) -> None:
        """Read the adapter and let `load` put the network on its engine.

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        weights, _ = lora.read(model, settings, ROLE, LABELS)
        super().__init__(model, settings, weights, FORM, load)

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return the logit of each passage, float32 [passages]; higher is better.

        Only the differences between passages of one question mean something.
        """
        return self.logits([(passage, question) for passage in passages])[:, 0]
