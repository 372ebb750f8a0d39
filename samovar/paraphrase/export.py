"""Paraphrases as files: CSV, JSON Lines, and NLU training data for Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samovar import html
from samovar.paraphrase.answer import Answer, intent_fields, rows
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.nlu.intents import NONE, SHIPPED
from samovar.paraphrase.nlu.marking import marked
from samovar.paraphrase.nlu.rasa import nlu
from samovar.tool import Download

NAME = "samovar-paraphrase"
UNNAMED = "unnamed_intent"
"""Where nobody chose an intent and no file of the visitor's tells one."""


def downloads(answer: Answer) -> tuple[Download, ...]:
    """Return every variant as CSV and JSON Lines, and the accepted ones for Rasa."""
    return (
        html.spreadsheet(NAME, [_row(answer, at) for at in range(len(answer.result.variants))]),
        html.json_lines(NAME, rows(answer)),
        Download(f"{NAME}.yml", rasa(answer.result, intent_name(answer))),
    )


def intent_name(answer: Answer) -> str:
    """Return the intent that was chosen, else what the visitor's own intents say of the original.

    The shipped classifier is not asked: it does not know what the visitor's bot calls its intents.
    """
    guesses = answer.guesses
    if answer.intent:
        return answer.intent
    if guesses is None or guesses.source == SHIPPED or guesses.original.intent == NONE:
        return UNNAMED
    return guesses.original.intent


def rasa(result: Paraphrases, intent: str, *, rejected: bool = False) -> str:
    """Return Rasa's NLU data: the original as it was marked and its accepted variants.

    With `rejected` every variant is in it.
    """
    texts = [variant.text for variant in result.variants if variant.accepted or rejected]
    listed = (result.original, *texts)
    return nlu((intent, marked(text, result.slots, result.original)) for text in listed)


def _row(answer: Answer, at: int) -> Mapping[str, Any]:
    variant = answer.result.variants[at]
    reasons = (f"{r.check}: {r.value} (needed: {r.threshold})" for r in variant.reasons)
    return {
        "text": variant.text,
        "accepted": variant.accepted,
        "reasons": "; ".join(reasons),
        "similarity": variant.similarity,
        "pinc": variant.pinc,
        "new_core": variant.new_core,
        "score": variant.score,
        "styles": ", ".join(variant.styles),
        **(intent_fields(answer.guesses, at) if answer.guesses else {}),
    }
