"""The network of the entailment model, as training builds it."""

from __future__ import annotations

import torch

from samovar.models.pairs.entailment import LABELS
from samovar.models.pairs.network import PairNetwork


class CrossEncoder(PairNetwork):
    """Return the logits of entailment, neutral and contradiction, [pairs, 3]."""

    def __init__(self, encoder: torch.nn.Module, width: int) -> None:
        """Put a head on `encoder`, a BERT whose states have `width` numbers."""
        super().__init__(encoder, width, len(LABELS))
