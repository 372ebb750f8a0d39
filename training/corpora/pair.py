"""One labelled pair of texts, of whatever data set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samovar.phrases import Language

Label = Literal["entailment", "neutral", "contradiction", "not_entailment", "not_contradiction"]
"""The last two leave open which of the two others it is."""


@dataclass(frozen=True, slots=True)
class NliPair:
    """Hold a premise and a hypothesis with what the first says about the second."""

    premise: str
    hypothesis: str
    label: Label
    language: Language
    origin: str
