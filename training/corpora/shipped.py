"""Texts written for this project that only measure: the basket."""

from __future__ import annotations

from samovar.paraphrase.validation.words import words
from samovar.phrases import Language
from samovar.settings import ROOT
from training.corpora.files import records

BASKET = ROOT / "data" / "basket"


def basket(language: Language) -> set[str]:
    """Return the commands of the basket as `normal` texts."""
    return {normal(row["text"]) for row in records(BASKET / f"commands-{language}.jsonl")}


def normal(text: str) -> str:
    """Return `text` without what does not tell two texts apart: case and signs."""
    return " ".join(words(text))
