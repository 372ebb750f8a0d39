"""The entailment model: a cross-encoder of premise and hypothesis, and its calibrated probabilities.

It reads `<s> query: PREMISE </s> </s> query: HYPOTHESIS </s>`. The form of a pair is written here
once; training imports it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from samovar.catalog import Model
from samovar.models.encoders import headed_adapter
from samovar.models.files.adapters import Adapter
from samovar.models.pairs import lora, rows
from samovar.models.pairs.calibration import Temperatures
from samovar.models.pairs.lora import HEAD as HEAD
from samovar.models.pairs.model import Load, PairModel
from samovar.models.pairs.rows import PairForm
from samovar.models.pairs.rows import padded as padded
from samovar.records import Entailment
from samovar.settings import Settings

ROLE = "entailment"
LABELS = ("entailment", "neutral", "contradiction")
LONGEST = 128
"""Tokens of a pair, the four special ones included; the longer text is cut first."""


def form(longest: int) -> PairForm:
    """Return how a pair of at most `longest` tokens is read; 0: as many as most models of entailment take."""
    return PairForm(longest or LONGEST, "symmetric", "symmetric")


class PairTokenizer(rows.PairTokenizer):
    """Turn (premise, hypothesis) into rows of ids and segments."""

    def __init__(self, path: Path, base: Model, longest: int = 0) -> None:
        """Read the file at `path`, the tokenizer of `base`; for `longest` see `form`."""
        super().__init__(path, base, form(longest))


class TrainedEntailment(PairModel):
    """Classify pairs on an engine; several threads may call one model at once."""

    def __init__(self, model: Model, settings: Settings, load: Load) -> None:
        """Read the adapter and let `load` put the network on its engine.

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
            StoreError: the cache cannot be written.
        """
        weights, about = lora.read(model, settings, ROLE, LABELS)
        self._temperatures = _temperatures(weights.adapter, about.get("temperatures"))
        super().__init__(model, settings, weights, form(model.context), load)

    def classify(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Return the probabilities for each (premise, hypothesis)."""
        probabilities = self._temperatures.probabilities(self.logits(pairs))
        return [Entailment(*(round(each, 5) for each in row)) for row in probabilities.tolist()]


def _temperatures(adapter: Adapter, written: object) -> Temperatures:
    """Return the two numbers of the adapter's own file, fitted on validation data after training."""
    both = written if isinstance(written, list) and len(written) == 2 else []
    plain = [x for x in both if isinstance(x, int | float) and not isinstance(x, bool)]
    if len(plain) < 2 or not all(0 < x < float("inf") for x in plain):
        raise headed_adapter.odd(adapter, "temperatures", written)
    return Temperatures(*map(float, plain))
