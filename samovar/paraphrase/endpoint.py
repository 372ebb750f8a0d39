"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

from typing import Any

from samovar.paraphrase.answer import answer, rows

SECONDS = 30
"""GPU seconds of an answer on ZeroGPU, with all rounds of samples: estimated, not measured."""


def paraphrase(text: str, n: int = 8, seed: int = 0) -> list[dict[str, Any]]:
    """Reword a command or sentence in up to n ways that keep its meaning.

    Args:
        text: A command of at most 600 characters; slots may be marked as in `[Porto](city)`.
        n: Number of accepted variants wanted, 1 to 10.
        seed: Another seed gives other variants.

    Returns:
        The chosen variants first, then the rejected ones with the reasons: a list of
        `{text, accepted, reasons: [{check, value, threshold}], similarity, pinc, new_core, score, styles,
        intent, intent_probability, original_intent, original_intent_probability, intent_flips}`. The score is
        the probability that both ask for the same; the intents are guesses of a classifier of 150 intents.
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
