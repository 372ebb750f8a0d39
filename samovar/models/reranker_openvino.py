"""Rerank passages with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from samovar.catalog import Model
from samovar.models import pair_openvino
from samovar.models.reranker import PairReranker
from samovar.settings import Settings


class OpenVinoReranker(PairReranker):
    """Run the merged cross-encoder with packed weights; each thread has its own infer request."""

    engine = "openvino"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`, building its graph on first use (some 10 s).

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        super().__init__(model, settings, pair_openvino.network)
