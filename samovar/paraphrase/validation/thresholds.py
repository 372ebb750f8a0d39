"""Every threshold of the validator, and how two verifiers are joined into one probability."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import expit, logit

from samovar import schema
from samovar.errors import ModelError, SamovarError
from samovar.phrases import LANGUAGES, Language, Phrase

MISSING = Phrase(
    "The thresholds of the validator in {path} cannot be read: {why}.",
    "Не удалось прочитать пороги проверки в {path}: {why}.",
)
CHOOSE_AGAIN = Phrase(
    "Choose them again with `python -m eval.selection.verifier`.",
    "Подберите их заново: `python -m eval.selection.verifier`.",
)
LIKENESS = 0.93
"""From here on a variant is a copy: at most one word in fifteen differs."""
PINC = 0.10
"""At least a tenth of a variant's n-grams must be new."""
LENGTH = (0.4, 2.2)
"""Words of a variant per word of the original."""
OPENING = 5
"""Words that an opening may add to that."""
EDGE = 1e-4
"""Probabilities nearer to 0 or 1 count as this far from it."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold what was chosen for one language on requests that are held out from training."""

    alone: float
    """Of the small verifier where the larger one is not here."""
    doubtful: float
    """Below this probability by the small verifier, the larger one is not asked any more."""
    intercept: float
    small: float
    larger: float
    """Coefficients of the logistic regression on the logits of both verifiers."""
    joint: float
    """Of the probability that it gives."""
    draft: float
    """The same of a draft that a model wrote: most of those are wrong, so that it takes more."""

    def joined(self, small: float, larger: float) -> float:
        """Return the probability by both verifiers that two requests ask for the same.

        >>> round(Thresholds(0.5, 0.1, 0.0, 0.5, 0.5, 0.5, 0.6).joined(0.9, 0.9), 4)
        0.9
        """
        logits = logit(np.clip([small, larger], EDGE, 1 - EDGE))
        return float(expit(self.intercept + self.small * logits[0] + self.larger * logits[1]))


@cache
def thresholds(path: Path) -> Mapping[Language, Thresholds]:
    """Read the committed thresholds of each language.

    Raises:
        ModelError: the file is missing or holds something else.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["thresholds"]
        return {language: schema.record(found[language], Thresholds) for language in LANGUAGES}
    except (OSError, ValueError, KeyError, TypeError, SamovarError) as error:
        why = str(error) or repr(error)
        raise ModelError(MISSING, CHOOSE_AGAIN, path=path, why=why) from error
