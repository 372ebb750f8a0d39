"""Which intent a text has: the shipped classifier of CLINC150, or one made of a visitor's file.

`python -m training.intents` makes the shipped one. An intent is information about a variant, never
a reason to reject it: the checks of meaning decide that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.models.base import Encoder, Progress, TextKind
from samovar.models.files.safetensors_file import float32_tensors
from samovar.paraphrase.nlu.intent_file import Example
from samovar.paraphrase.nlu.regression import Regression, fit
from samovar.phrases import Phrase

NONE = "oos"
"""What CLINC150 calls a text that has none of its intents."""
SHIPPED = "clinc150"
PROTOCOL = 1
KIND: TextKind = "query"
STRENGTH = 10.0
FOLD = 5
"""Every fifth example of each intent is held out to say how often the classifier is right."""

DAMAGED = Phrase(
    "The intent classifier {name} cannot be used: {why}.",
    "Классификатор намерений {name} не годится: {why}.",
)
AGAIN = Phrase(
    "Make it anew with: python -m training.intents", "Создайте заново: python -m training.intents"
)
FOREIGN = Phrase(
    "The intent classifier {name} reads vectors of {base}, but this page encodes with {encoder}.",
    "Классификатор намерений {name} понимает векторы {base}, а здесь работает {encoder}.",
)
OWN = Phrase(
    "Load a file with intents of your own: it is fitted to any encoder.",
    "Загрузите файл со своими намерениями: он подойдёт к любому кодировщику.",
)


@dataclass(frozen=True, slots=True)
class Guess:
    """Hold the likeliest intent of one text and its probability."""

    intent: str
    probability: float


@dataclass(frozen=True, slots=True)
class Guesses:
    """Hold the intents of an original and of its variants, in their order."""

    original: Guess
    variants: tuple[Guess, ...]
    source: str
    """Which classifier guessed: SHIPPED, or the name of a visitor's file."""
    known: int
    """Intents that it tells apart."""
    accuracy: float | None
    """Share of right guesses on texts that it was not fitted to; None when there are too few."""
    tested: int
    """How many those texts are."""

    def flips(self, at: int) -> bool:
        """Tell whether the variant at this place has another intent than the original."""
        return self.variants[at].intent != self.original.intent


@dataclass(frozen=True, slots=True, eq=False)
class Intents:
    """Classify vectors of one encoder."""

    source: str
    names: tuple[str, ...]
    encoder: str
    """Id of the encoder in the catalog; vectors of another one mean nothing here."""
    accuracy: float | None
    tested: int
    regression: Regression
    threshold: float = 0.0
    """Below this probability a text has none of the intents."""
    kind: TextKind = KIND

    @classmethod
    def load(cls, folder: Path, encoder: str, name: str = SHIPPED) -> Intents:
        """Read `<folder>/<name>.json` and the weights beside it.

        Raises:
            ModelError: files are missing or damaged, or belong to another encoder.
        """
        try:
            card = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
            tensors = float32_tensors(folder / f"{name}.safetensors")
            classifier = cls(
                name,
                tuple(card["intents"]),
                card["encoder"],
                card["validation"]["accuracy"],
                card["validation"]["texts"],
                Regression(tensors["weights"], tensors["bias"]),
                card["threshold"],
                card["kind"],
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            why = f"{type(error).__name__}: {error}"[:200]
            raise ModelError(DAMAGED, AGAIN, name=name, why=why) from error
        if card.get("protocol") != PROTOCOL or len(classifier.regression.bias) != len(
            classifier.names
        ):
            raise ModelError(DAMAGED, AGAIN, name=name, why="protocol, intents")
        if classifier.encoder != encoder:
            raise ModelError(FOREIGN, OWN, name=name, base=classifier.encoder, encoder=encoder)
        return classifier

    @classmethod
    def from_examples(
        cls,
        source: str,
        examples: Sequence[Example],
        encoder: Encoder,
        progress: Progress | None = None,
    ) -> Intents:
        """Fit a classifier to `examples`, as `intent_file.read` returns them."""
        names = tuple(dict.fromkeys(example.intent for example in examples))
        places = {name: at for at, name in enumerate(names)}
        labels = np.array([places[example.intent] for example in examples], np.int64)
        vectors = encoder.encode([example.text for example in examples], KIND, progress)
        accuracy, tested = _held_out(vectors, labels, len(names))
        regression = fit(vectors, labels, len(names), STRENGTH)
        return cls(source, names, encoder.name, accuracy, tested, regression)

    def predict(self, vectors: NDArray[np.float32]) -> list[Guess]:
        """Return the likeliest intent of each vector, float32 [texts, dimensions]."""
        rows = self.regression.probabilities(vectors)
        return [self._guess(row) for row in rows]

    def guesses(self, original: str, variants: Sequence[str], encoder: Encoder) -> Guesses:
        """Return the intents of a text and of its variants.

        Raises:
            ModelError: `encoder` is another one than the classifier was made for.
        """
        if encoder.name != self.encoder:
            names = {"base": self.encoder, "encoder": encoder.name}
            raise ModelError(FOREIGN, OWN, name=self.source, **names)
        first, *others = self.predict(encoder.encode([original, *variants], self.kind))
        known = len(set(self.names) - {NONE})
        return Guesses(first, tuple(others), self.source, known, self.accuracy, self.tested)

    def _guess(self, row: NDArray[Any]) -> Guess:
        at = int(row.argmax())
        sure = float(row[at])
        if sure < self.threshold:
            return Guess(NONE, round(1 - sure, 4))
        return Guess(self.names[at], round(sure, 4))


def _held_out(
    vectors: NDArray[np.float32], labels: NDArray[np.int64], classes: int
) -> tuple[float | None, int]:
    """Return the share of right guesses for a fifth of the examples, fitted to the others.

    None and 0 when an intent has too few examples to give one away.
    """
    held = np.zeros(len(labels), bool)
    for label in range(classes):
        places = np.flatnonzero(labels == label)
        if len(places) < FOLD:
            return None, 0
        held[places[FOLD - 1 :: FOLD]] = True
    fitted = fit(vectors[~held], labels[~held], classes, STRENGTH)
    right = fitted.probabilities(vectors[held]).argmax(1) == labels[held]
    return round(float(right.mean()), 4), len(right)
