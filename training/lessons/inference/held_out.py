"""What the recipe of a judge trains on and validates with, whatever the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch

from samovar.models.pairs.entailment import PairTokenizer
from samovar.models.pairs.rows import Row
from training.corpora.pair import NliPair
from training.lessons.inference.natural_inference import CLASSES, texts, validation_metrics


@dataclass(frozen=True, slots=True)
class Lesson:
    """Hold a pair and of which group it is: validation tells the accuracy of each."""

    pair: NliPair
    group: str


@dataclass(frozen=True, slots=True)
class Lessons:
    """Hold the pairs that train, those that only validate, and what was left out."""

    training: list[NliPair]
    held: list[Lesson]
    facts: dict[str, Any]
    """Counts for run.json."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Hold what only validates: the rows, the right class of each, and its group."""

    rows: list[Row]
    classes: list[int]
    groups: list[str]

    @classmethod
    def of(cls, lessons: Sequence[Lesson], tokenizer: PairTokenizer) -> HeldOut:
        """Return `lessons` as a network reads them."""
        pairs = [one.pair for one in lessons]
        classes = [CLASSES[pair.label] for pair in pairs]
        return cls(tokenizer.rows(texts(pairs)), classes, [one.group for one in lessons])

    def metrics(self, outputs: torch.Tensor) -> dict[str, float]:
        """Return loss and accuracy of logits [pairs, 3], of all and of each group."""
        return validation_metrics(outputs, torch.tensor(self.classes), self.groups)
