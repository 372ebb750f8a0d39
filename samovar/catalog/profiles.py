"""Which model answers in which profile."""

from __future__ import annotations

TUNED = {
    "entailment": "entailment-e5",
    "retriever": "search-e5",
    "reranker": "rerank-e5",
    "verifier": "verifier-e5",
}

PROFILES: dict[str, dict[str, str]] = {
    "embedded": {"chat": "smollm2-135m-instruct", "encoder": "multilingual-e5-small", **TUNED},
    "cpu": {"chat": "qwen3-4b-instruct-2507", "encoder": "multilingual-e5-small-hub", **TUNED}
    | {"reranker": "mmarco-minilm"},
    "gpu": {"chat": "qwen2.5-7b-instruct", "encoder": "bge-m3", **TUNED}
    | {"retriever": "bge-m3", "reranker": "bge-reranker-v2-m3"},
}
"""Profile → role → model id."""
