"""The verifier of requests: a cross-encoder that tells whether two requests ask for the same.

It reads `<s> query: SOURCE </s> </s> query: TEXT </s>`. The form of a pair is written here once;
training imports it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from samovar.catalog import Model
from samovar.models.encoders import headed_adapter
from samovar.models.pairs import lora
from samovar.models.pairs.model import Load, PairModel
from samovar.models.pairs.rows import PairForm
from samovar.settings import Settings

ROLE = "verifier"
LABELS = ("same",)
LONGEST = 128
"""Tokens of a pair, the four special ones included; the longer text is cut first."""
HOTTEST = 100
"""A temperature is lower."""
FORM = PairForm(LONGEST, "symmetric", "symmetric")
"""As in the entailment model, from which training starts."""


class TrainedVerifier(PairModel):
    """Compare requests on an engine; several threads may call one verifier at once."""

    def __init__(self, model: Model, settings: Settings, load: Load) -> None:
        """Read the adapter and let `load` put the network on its engine.

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        weights, about = lora.read(model, settings, ROLE, LABELS)
        heat = about.get("temperature")
        if not isinstance(heat, int | float) or not 0 < heat < HOTTEST:
            raise headed_adapter.odd(weights.adapter, "temperature", heat)
        self._temperature = float(heat)
        super().__init__(model, settings, weights, FORM, load)

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Return for each (source, text) how likely both ask for the same, float64 [pairs].

        Both orders are read and their logits averaged: the question has no direction.
        """
        turned = [(text, source) for source, text in pairs]
        logits = self.logits([*pairs, *turned])[:, 0].astype(np.float64)
        mean = (logits[: len(pairs)] + logits[len(pairs) :]) / 2
        return np.asarray(expit(mean / self._temperature))
