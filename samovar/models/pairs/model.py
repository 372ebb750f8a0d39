"""A model that reads pairs of texts, on whatever engine: rows, batches, and logits in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models.encoders.headed_adapter import HeadedWeights
from samovar.models.pairs.lora import outputs
from samovar.models.pairs.rows import PairForm, PairTokenizer, padded
from samovar.settings import Settings

Batch = Callable[[dict[str, NDArray[np.int64]]], NDArray[np.float32]]
"""Gets input_ids, attention_mask and segments, [pairs, tokens] each; returns [pairs, outputs]."""
Load = Callable[[Model, HeadedWeights, Settings], Batch]
"""Puts the network of checked weights on an engine."""


class PairModel:
    """Read pairs by the network that an engine has loaded; several threads may call at once."""

    batch = 32
    """Pairs that are read at once."""

    def __init__(
        self, model: Model, settings: Settings, weights: HeadedWeights, form: PairForm, load: Load
    ) -> None:
        """Open the base's tokenizer and let `load` put the network on its engine.

        Raises:
            ModelError: the adapter does not fit the base.
            StoreError: the cache cannot be written.
        """
        self.model = model
        self.name = model.id
        self.revision = weights.revision
        self._outputs = outputs(weights)
        self._tokenizer = PairTokenizer(weights.folder / "tokenizer.json", weights.base, form)
        self._network = load(model, weights, settings)

    def logits(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Return the logits of `pairs` in their order, float32 [pairs, outputs].

        Equal pairs are read once, and the longest first: little padding, and what does not fit into
        memory fails at once.
        """
        distinct = {pair: at for at, pair in enumerate(dict.fromkeys(pairs))}
        rows = self._tokenizer.rows(list(distinct))
        order = sorted(range(len(rows)), key=lambda at: -len(rows[at][0]))
        logits = np.zeros((len(rows), self._outputs), np.float32)
        for start in range(0, len(order), self.batch):
            places = order[start : start + self.batch]
            logits[places] = self._network(padded([rows[at] for at in places]))
        return logits[[distinct[pair] for pair in pairs]]
