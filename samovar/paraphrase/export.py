"""Paraphrases as files: CSV, JSON Lines, and NLU training data for Rasa."""

from __future__ import annotations

from samovar import html
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.slots import marked
from samovar.tool import Download

NAME = "samovar-paraphrase"
INTENT = "intent"


def downloads(result: Paraphrases) -> tuple[Download, ...]:
    """Return every variant as CSV and JSON Lines, and the accepted ones for Rasa."""
    rows = [
        {
            "text": variant.text,
            "accepted": variant.accepted,
            "reasons": "; ".join(
                f"{r.check}: {r.value} (needed: {r.threshold})" for r in variant.reasons
            ),
            "similarity": variant.similarity,
            "pinc": variant.pinc,
        }
        for variant in result.variants
    ]
    return (
        html.spreadsheet(NAME, rows),
        html.json_lines(NAME, result.variants),
        Download(f"{NAME}.yml", rasa(result)),
    )


def rasa(result: Paraphrases, intent: str = INTENT) -> str:
    """Return Rasa 3.1 NLU data: the original and its accepted variants, slots marked again."""
    texts = [result.original, *(variant.text for variant in result.accepted)]
    listed = "".join(f"    - {marked(text, result.slots)}\n" for text in texts)
    return f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{listed}'
