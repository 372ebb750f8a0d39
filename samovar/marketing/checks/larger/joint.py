"""From which probability on a sentence counts as supported, by the small judge alone and by both together."""

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

FILE = "judges.json"
"""In the folder of marketing's data."""
MISSING = Phrase(
    "The thresholds of the judges of adverts in {path} cannot be read: {why}.",
    "Не удалось прочитать пороги проверки рекламы в {path}: {why}.",
)
CHOOSE_AGAIN = Phrase(
    "Choose them again with `python -m eval.selection.adverts`.",
    "Подберите их заново: `python -m eval.selection.adverts`.",
)
EDGE = 1e-4
"""Probabilities nearer to 0 or 1 count as this far from it."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Say how two judges decide together, and where the small one decides alone."""

    intercept: float
    small: float
    larger: float
    """Coefficients of the logistic regression on the logits of both judges."""
    doubtful: float
    certain: float
    """Below the first and above the second probability of the small judge the larger one is not asked."""
    threshold: float
    """Of the probability of both, from which on a sentence is supported."""

    def asks(self, small: float) -> bool:
        """Tell whether the larger judge is asked."""
        return self.doubtful <= small <= self.certain

    def joined(self, small: float, larger: float) -> float:
        """Return the probability by both judges.

        >>> round(Joint(0.0, 0.5, 0.5, 0.0, 1.0, 0.4).joined(0.9, 0.9), 4)
        0.9
        """
        logits = logit(np.clip([small, larger], EDGE, 1 - EDGE))
        return float(expit(self.intercept + self.small * logits[0] + self.larger * logits[1]))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Hold what was chosen for one language on sheets that are held out from training."""

    alone: float
    """Probability of the small judge, from which on a sentence is supported where the larger is not here."""
    joint: Joint | None = None
    """None until the larger judge was measured."""


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
