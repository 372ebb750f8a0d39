"""The only errors a user ever sees: the rule, the value received and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from samovar.phrases import NOTHING, Language, Phrase


@dataclass(frozen=True, slots=True)
class Field:
    """Name what a user fills in: an argument of an endpoint, which the page calls by its own label.

    >>> Field("n").called({}).en, Field("n").called({"n": "Texts"}).en
    ('`n`', '“Texts”')
    """

    name: str

    def called(self, labels: Mapping[str, str]) -> Phrase:
        """Return its name in quotes: the label of the page where `labels` holds one."""
        label = labels.get(self.name)
        quoted = f"`{self.name}`" if label is None else f"“{label}”"
        return Phrase(quoted, f"«{label or self.name}»")


class SamovarError(Exception):
    """Carry a message and a hint that can be said in every language of the page.

    >>> str(SamovarError(Phrase("n is {n}.", "n равно {n}."), Phrase("Use 1.", "Введите 1."), n=7))
    'n is 7. Use 1.'
    """

    def __init__(self, message: Phrase, hint: Phrase = NOTHING, **values: object) -> None:
        super().__init__(message, hint, values)
        self.message = message
        self.hint = hint
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes whole: by itself pickle would lose the names of `values`."""
        return partial(type(self), self.message, self.hint, **self.values), ()

    def phrase(self) -> Phrase:
        """Return the message alone, filled in: for an error that tells of this one."""
        return self.message.filled(**self._said({}))

    def _said(self, labels: Mapping[str, str]) -> dict[str, object]:
        return {
            name: value.called(labels) if isinstance(value, Field) else value
            for name, value in self.values.items()
        }

    def say(self, language: Language, labels: Mapping[str, str] | None = None) -> str:
        """Return message and hint as one text in `language`.

        `labels` says how the page calls an argument; without any it has the name of the API.
        """
        parts = (self.message, self.hint)
        values = self._said(labels or {})
        return " ".join(p.say(language, **values) for p in parts if p.en)

    def __str__(self) -> str:
        return self.say("en")


class InputError(SamovarError):
    """Something the user typed, sent or uploaded breaks a rule."""


class ModelError(SamovarError):
    """Weights, an adapter or an engine are missing, altered or do not fit."""


class StoreError(SamovarError):
    """An index or a cache on disk is missing, damaged, foreign or cannot be written."""


class BusyError(SamovarError):
    """The queue or an engine has no room for one more request."""
