"""What one metadata field of a document says, in the form in which it is compared.

Both kinds of store compare these same facts, so that a filter means the same in each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?")
COMPARED = 200
"""Characters of a text that an ordering looks at."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold a field's values as texts, and the ends of its numbers and of its other texts."""

    said: frozenset[str]
    numbers: tuple[float, float] | None
    texts: tuple[str, str] | None


NOTHING = Facts(frozenset(), None, None)


def facts(value: Any) -> Facts:
    """Return the facts of a scalar or a list; None, and a field that is missing, says nothing.

    >>> facts(["1957", "Space"]).numbers
    (1957.0, 1957.0)
    """
    if value is None:
        return NOTHING
    values = value if isinstance(value, list) else [value]
    return _facts(tuple(said(one) for one in values))


def said(value: object) -> str:
    """Return one value as it is compared: 1957.0 is `1957`, ` Space` is `space`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # JSON numbers such as 1957.0
    return str(value).strip().casefold()


def border(value: str) -> tuple[float | None, str]:
    """Return what an ordering compares with: a number where `value` is one, and a text."""
    return (float(value) if NUMBER.fullmatch(value) else None), value[:COMPARED]


@lru_cache(maxsize=10_000)
def _facts(values: tuple[str, ...]) -> Facts:
    numbers = [float(one) for one in values if NUMBER.fullmatch(one)]
    texts = [one[:COMPARED] for one in values if not NUMBER.fullmatch(one)]
    return Facts(
        frozenset(values),
        (min(numbers), max(numbers)) if numbers else None,
        (min(texts), max(texts)) if texts else None,
    )
