"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

from typing import Any

from samovar.paraphrase.answer import answer, rows

SECONDS = 30
"""GPU seconds of an answer on ZeroGPU, with all rounds of samples: estimated, not measured."""


def paraphrase(text: str, n: int = 8, seed: int = 0) -> list[dict[str, Any]]:
    """Reword a command or sentence in up to n ways that keep its meaning.

    Args:
        text: The command, 1 to 600 characters, in English or, where a model here speaks it,
            Russian; what must stay as it is may be marked as in `[Porto](city)`.
        n: How many accepted variants are wanted, a whole number from 1 to 10; 8 by default.
        seed: A whole number from 0 to 2147483647, 0 by default; another one gives other variants.

    Returns:
        A list of variants, the chosen ones first, then the rejected ones. `text` is the variant,
        and `accepted` tells whether it passed every check. `reasons` lists the checks that it
        failed, each with `check`, `value` and `threshold`. `score` is the probability that both ask
        for the same, `similarity` the cosine of their vectors, `pinc` the share of word sequences
        that are new, and `new_core` tells whether a word that carries the meaning is new. `styles`
        names what the wording is like, such as a question. `intent` and `intent_probability` are
        what a classifier of 150 intents guesses of the variant, `original_intent` and
        `original_intent_probability` what it guesses of the text; `intent_flips` tells whether they
        differ.
    """
    return [dict(row) for row in rows(answer(text, n, seed))]


def lines(result: list[dict[str, Any]]) -> list[str]:
    """Return the variants as terminal lines: + accepted, - rejected with its first reason."""
    said = []
    for variant in result:
        reasons = "; ".join(f"{r['check']}: {r['value']}" for r in variant["reasons"])
        sign = "+" if variant["accepted"] else "-"
        said.append(f"{sign} {variant['text']}" + (f"   ({reasons})" if reasons else ""))
    return said
