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
        query: A question or words, 1 to 2,000 characters, in English, Russian or another language
            of the encoder.
        k: How many articles are wanted, a whole number from 1 to 100; 10 by default.
        language: The language of a query whose letters do not tell it (`1957`), en or ru; en by
            default. It does not restrict the articles: that is filters={"language": "ru"}.
        filters: Field → what an article's metadata (topic, language, year) must have: a value, a
            list of values, or operators such as {"year": {">=": 1900, "<": 2000}} with =, !=, <,
            <=, >, >=, in and not in; none by default. A value that the field cannot have is
            refused.
        mode: What is compared: hybrid (meaning and words, the default), dense (meaning), bm25
            (words) or rerank (hybrid, and a cross-encoder puts the best 30 in order; only where one
            is installed).

    Returns:
        A list of hits, best first. `rank` counts from 1, and `score` is what they are ordered by.
        `id`, `title`, `text` and `metadata` are the article's own. `bm25_rank` and `dense_rank` are
        its places by words and by meaning, `fused_rank` its place by both before filters, and
        `rerank_rank` the cross-encoder's; a rank is null where that ranking did not list the
        article. `exact` lists what the query asks for literally (numbers, codes, quotes, rare
        words) and the article holds, `missing` what of that it lacks.

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
    words = [f"{name}: {', '.join(hit[name])}" for name in ("exact", "missing") if hit[name]]
    small = " · ".join(words + ranks + metadata)
    return [f"{head}  [{hit['score']:.4f}]", f"    {shown}", f"    {small}"]


RANKS = (
    ("BM25", "bm25_rank"),
    ("dense", "dense_rank"),
    ("fused", "fused_rank"),
    ("rerank", "rerank_rank"),
)
