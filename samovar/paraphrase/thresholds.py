"""Every threshold of the validator, and the score that joins its measurements into one number."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samovar.errors import ModelError
from samovar.phrases import Phrase

MISSING = Phrase(
    "The coefficients of the validator in {path} cannot be read: {why}.",
    "Не удалось прочитать коэффициенты проверки в {path}: {why}.",
)
FIT_AGAIN = Phrase(
    "Fit them again with `python -m eval.selection.detector`.",
    "Подберите их заново: `python -m eval.selection.detector`.",
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold the threshold of each check."""

    likeness: float = 0.93
    """From here on a text is a copy: at most one word in fifteen differs."""
    similarity: tuple[float, float] = (0.90, 0.9995)
    """Band of the cosine by multilingual-e5-small; all its cosines lie high. Below: another
    meaning, above: the same words."""
    pinc: float = 0.10
    """At least a tenth of the n-grams must be new."""
    length: tuple[float, float] = (0.5, 2.2)
    """Words of the variant per word of the original."""
    opening: int = 5
    """Words that an opening may add to that."""
    entailment: float = 0.5
    """Each direction must be more likely entailed than not. Of the held-out requests above it
    at least 95 in 100 are entailed (precision; `line` in eval/results/entailment.json)."""
    short: int = 12
    """Words of a request in which each small word is a detail: before and after, names, persons.
    Sentences of news and encyclopedias restate them, and the score weighs them."""
    alike: int = 2
    """Words that may differ in two sentences that are else the same: then another figure or a "not"
    is no restating."""


LIMITS = Thresholds()


@dataclass(frozen=True, slots=True)
class Detector:
    """Hold a logistic regression over measurements of a pair."""

    intercept: float
    weights: Mapping[str, float]
    """Name of a measurement → its coefficient."""
    threshold: float
    """From here on a pair of sentences counts as paraphrases."""

    def score(self, measured: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, that both texts of a pair say the same."""
        sum_ = self.intercept + sum(w * measured[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, sum_))))


@dataclass(frozen=True, slots=True)
class Detectors:
    """Hold the detector for machines with an entailment model and the one for those without."""

    with_entailment: Detector | None
    """None until the coefficients were fitted with an entailment model."""
    without_entailment: Detector

    def chosen(self, entailment: bool) -> Detector:
        """Return the one for a machine that has an entailment model, or has none."""
        return (self.with_entailment if entailment else None) or self.without_entailment


@cache
def detectors(path: Path) -> Detectors:
    """Read the committed coefficients.

    Raises:
        ModelError: the file is missing or holds something else.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        own = _detector(found["with_entailment"]) if found.get("with_entailment") else None
        return Detectors(own, _detector(found["without_entailment"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(MISSING, FIT_AGAIN, path=path, why=str(error) or repr(error)) from error


def _detector(found: Any) -> Detector:
    weights = {str(name): float(weight) for name, weight in found["weights"].items()}
    return Detector(float(found["intercept"]), weights, float(found["threshold"]))
