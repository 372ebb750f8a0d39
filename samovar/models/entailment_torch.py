"""Judge entailment with transformers: the reference, and the engine for a GPU."""

from __future__ import annotations

from samovar.catalog import Model
from samovar.models import pair_torch
from samovar.models.entailment import EntailmentJudge
from samovar.settings import Settings


class TorchEntailment(EntailmentJudge):
    """Run the merged cross-encoder in float32; threads take turns by batch."""

    engine = "transformers"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`.

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings, pair_torch.network)
