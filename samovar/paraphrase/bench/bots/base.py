"""What every bot answers, and how it fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from samovar.errors import SamovarError

LONGEST = 500
"""Characters of a bot's words that are kept."""
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
"""Characters that neither XML nor a terminal can hold."""


class BotError(SamovarError):
    """The bot gave no answer to a text that could be compared."""


class PassingError(BotError):
    """The bot gave no answer now; asking again may help."""


@dataclass(frozen=True, slots=True)
class Value:
    """Hold one slot that a bot found."""

    name: str
    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what a bot understood."""

    intent: str | None
    """"" where it names none of its intents; None where it tells none, but only speaks."""
    slots: tuple[Value, ...] | None = None
    """None where it tells none."""
    said: str = ""
    """Its words, where it tells no intent."""
    milliseconds: float = 0.0


class Bot(Protocol):
    """Answer texts, one at a time."""

    @property
    def name(self) -> str:
        """Return how the bot is called in reports; answers of one name may be used again."""
        ...

    def ask(self, text: str) -> Reply:
        """Return what the bot understands by `text`.

        Raises:
            BotError: it gives no answer in time, or one that cannot be read.
        """
        ...

    def close(self) -> None:
        """End connections and processes."""
        ...


def told(value: object) -> str:
    r"""Return a bot's words on one line, without what a report cannot hold.

    >>> told("yes,\n\x00  sir"), told(None), told(7)
    ('yes, sir', '', '7')
    """
    text = "" if value is None else str(value)
    return " ".join(UNSEEN.sub(" ", text).split())[:LONGEST]


def values(found: object) -> tuple[Value, ...] | None:
    """Return the slots of `{"city": "Oslo"}` or `[{"entity": "city", "value": "Oslo"}]`.

    None where it is neither.
    """
    if isinstance(found, Mapping):
        return tuple(Value(told(name), told(value)) for name, value in found.items())
    if not isinstance(found, list):
        return None
    rows = [_value(row) for row in found if isinstance(row, Mapping)]
    return tuple(row for row in rows if row.name) if len(rows) == len(found) else None


def _value(row: Mapping[str, Any]) -> Value:
    name = next((row[key] for key in ("entity", "name", "slot", "label") if row.get(key)), "")
    text = next((row[key] for key in ("value", "text") if row.get(key) is not None), "")
    return Value(told(name), told(text), told(row.get("role")))
