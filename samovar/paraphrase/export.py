"""Paraphrases as files: CSV, JSON Lines, and NLU training data for Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samovar import html
from samovar.paraphrase.answer import Answer, intent_fields, rows
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.slots import marked
from samovar.records import Entailment, Variant
from samovar.tool import Download

NAME = "samovar-paraphrase"
INTENT = "intent"


def downloads(answer: Answer) -> tuple[Download, ...]:
    """Return every variant as CSV and JSON Lines, and the accepted ones for Rasa.

    Intents stand in the first two only: what a bot is trained on is the visitor's to decide.
    """
    return (
        html.spreadsheet(NAME, [_row(answer, at) for at in range(len(answer.result.variants))]),
        html.json_lines(NAME, rows(answer)),
        Download(f"{NAME}.yml", rasa(answer.result)),
    )


def _row(answer: Answer, at: int) -> Mapping[str, Any]:
    variant = answer.result.variants[at]
    reasons = (f"{r.check}: {r.value} (needed: {r.threshold})" for r in variant.reasons)
    return {
        "text": variant.text,
        "accepted": variant.accepted,
        "reasons": "; ".join(reasons),
        "similarity": variant.similarity,
        "pinc": variant.pinc,
        **_entailments(variant),
        **(intent_fields(answer.guesses, at) if answer.guesses else {}),
    }


def _entailments(variant: Variant) -> Mapping[str, Any]:
    """Return the columns of the entailment model, where it was asked."""
    ways = {"forward": variant.forward, "backward": variant.backward}
    fields: dict[str, Any] = {
        f"{way}_{name}": getattr(entailment, name)
        for way, entailment in ways.items()
        if entailment is not None
        for name in Entailment.__slots__
    }
    return fields if variant.score is None else {**fields, "score": variant.score}


def rasa(result: Paraphrases, intent: str = INTENT) -> str:
    """Return Rasa 3.1 NLU data: the original and its accepted variants, slots marked again."""
    texts = [result.original, *(variant.text for variant in result.accepted)]
    listed = "".join(f"    - {marked(text, result.slots)}\n" for text in texts)
    return f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{listed}'
