"""The tool's public endpoint, plain JSON in and out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samovar.records import to_json
from samovar.search.encyclopedia import ask

WIDTH = 100
SECONDS = 15
"""GPU seconds of an answer on ZeroGPU, indexing the encyclopedia included: estimated, not measured."""


def search(
    query: str,
    k: int = 10,
    language: str = "en",
    filters: dict[str, Any] | None = None,
    mode: str = "hybrid",
) -> list[dict[str, Any]]:
    """Find articles of the encyclopedia by meaning and by words, whatever their language.

    Args:
        query: a question or words, at most 2,000 characters, in English, Russian or another
            language of the encoder.
        k: how many articles, 1 to 100.
        language: en or ru, for a query whose letters do not tell (`1957`), so that a client may
            leave it out. It does not restrict the articles: that is filters={"language": "ru"}.
        filters: field → what the article's metadata (topic, language, year) must have: a value,
            a list of values, or operators such as {"year": {">=": 1900, "<": 2000}} with
            =, !=, <, <=, >, >=, in and not in. Numbers, dates, true and false are compared as such,
            however they are written; a value that the field cannot have is refused.
        mode: hybrid, dense (by meaning), bm25 (by words) or rerank (hybrid, and a cross-encoder
            puts the best 30 in order; only in profiles that have one).

    Returns:
        The hits, best first: rank, score, id, title, text, metadata, bm25_rank, dense_rank,
        fused_rank (before filters), rerank_rank; a rank is null where that ranking did not list
        the article.

    Raises:
        InputError: an argument breaks a rule.
        ModelError: the profile has no reranker.
    """
    hits: list[dict[str, Any]] = to_json(ask(query, language, k, filters, mode).hits)
    return hits


def lines(result: list[Mapping[str, Any]]) -> list[str]:
    """Return the hits as text for a terminal."""
    return [line for hit in result for line in _lines(hit)]


def _lines(hit: Mapping[str, Any]) -> list[str]:
    ranks = [f"{name} #{hit[key]}" for name, key in RANKS if hit[key] is not None]
    metadata = [f"{name}={value}" for name, value in hit["metadata"].items()]
    text = " ".join(hit["text"].split())
    shown = text if len(text) <= WIDTH else text[: WIDTH - 1].rsplit(" ", 1)[0] + "…"
    head = f"{hit['rank']:>2}. {hit['title'] or hit['id']}"
    return [f"{head}  [{hit['score']:.4f}]", f"    {shown}", f"    {' · '.join(ranks + metadata)}"]


RANKS = (
    ("BM25", "bm25_rank"),
    ("dense", "dense_rank"),
    ("fused", "fused_rank"),
    ("rerank", "rerank_rank"),
)
