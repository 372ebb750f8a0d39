"""The catalog's rows of models that read two texts together."""

from __future__ import annotations

from samovar.catalog.encoders import E5_FILES, E5_LANGUAGES
from samovar.catalog.row import Model

PAIRS: tuple[Model, ...] = (
    Model(
        id="rerank-e5",
        role="reranker",
        title="Reranker (LoRA and head on multilingual-e5-small)",
        source="pypi",
        revision="assets/adapters/rerank-e5",
        licence="MIT",
        languages=("en", "ru"),
        size_mb=10,
        engines=("openvino", "transformers"),
        files=E5_FILES,
        base="multilingual-e5-small",
    ),
    Model(
        id="mmarco-minilm",
        role="reranker",
        title="mmarco-mMiniLMv2-L12-H384-v1",
        source="hub",
        revision="1427fd652930e4ba29e8149678df786c240d8825",
        licence="Apache-2.0",
        languages=E5_LANGUAGES,
        size_mb=471,
        engines=("sentence-transformers",),
        repo="cross-encoder/mmarco-mMiniLMv2-L12-H384-v1",
        context=512,
    ),
    Model(
        id="bge-reranker-v2-m3",
        role="reranker",
        title="bge-reranker-v2-m3",
        source="hub",
        revision="953dc6f6f85a1b2dbfca4c34a2796e7dde08d41e",
        licence="Apache-2.0",
        languages=E5_LANGUAGES,
        size_mb=2271,
        engines=("sentence-transformers",),
        repo="BAAI/bge-reranker-v2-m3",
        context=8192,
    ),
    Model(
        id="entailment-e5",
        role="entailment",
        title="Entailment (LoRA and head on multilingual-e5-small)",
        source="pypi",
        revision="assets/adapters/entailment-e5",
        licence="MIT",
        languages=("en", "ru"),
        size_mb=10,
        engines=("openvino", "transformers"),
        files=E5_FILES,
        base="multilingual-e5-small",
    ),
    Model(
        id="verifier-e5",
        role="verifier",
        title="Verifier of requests (LoRA and head on multilingual-e5-small)",
        source="pypi",
        revision="assets/adapters/verifier-e5",
        licence="MIT",
        languages=("en", "ru"),
        size_mb=10,
        engines=("openvino", "transformers"),
        files=E5_FILES,
        base="multilingual-e5-small",
    ),
)
