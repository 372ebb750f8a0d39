"""How a language writes numbers: what supplies figures, and tables of units, months and bounds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """Say that words of this form measure in `name`, each of them `factor` of it."""

    pattern: str
    name: str
    factor: float = 1


@dataclass(frozen=True, slots=True)
class Notation:
    """Hold what differs between languages in the writing of quantities."""

    figures: Callable[[str], str]
    """Text → lower-case text with figures, clock times as 6:30 or 6:30 pm; `2¿` is a couple or both."""
    units: tuple[Unit, ...]
    months: tuple[str, ...]
    """Patterns, January first."""
    before: tuple[tuple[str, str], ...]
    """Patterns in front of a number → bound; the first that fits holds."""
    after: tuple[tuple[str, str], ...]
    """The same behind it."""
    negating: str
    """Pattern of words that turn a bound round: "don't take more than 2" sets a highest number."""
    limiting: str
    """Pattern of words that may set a bound in another way: "a ceiling of 80 %"."""
    unnamed: frozenset[str]
    """Words that are not the noun counted."""


SYMBOLS: tuple[Unit, ...] = (
    Unit("%", "%"),
    Unit("° ?[cс]|c", "°C"),
    Unit("° ?f|f", "°F"),
    Unit("°", "degree"),
    Unit(r"\$|usd", "USD"),
    Unit("€|eur", "EUR"),
    Unit("£|gbp", "GBP"),
    Unit("¥|jpy", "JPY"),
    Unit("₽|rub", "RUB"),
    Unit("x|×|х", "times"),
    Unit("kg|кг", "g", 1000),
    Unit("g|г", "g"),
    Unit("km|км", "m", 1000),
    Unit("m|м", "m"),
    Unit("px|пикс\\w*", "px"),
    Unit("cm|см", "m", 0.01),
    Unit("mm|мм", "m", 0.001),
    Unit("ml|мл", "l", 0.001),
    Unit("gb|гб", "GB"),
    Unit("mb|мб", "MB"),
    Unit("km/h|kph|км/ч", "km/h"),
    Unit("mph", "mph"),
)
"""Signs and short forms of every language."""
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB"}
MINUTE, HOUR, DAY, WEEK = 60, 3600, 86400, 604800


def alternatives(rows: tuple[Unit, ...]) -> tuple[tuple[re.Pattern[str], Unit], ...]:
    """Return the patterns of `rows`, each matching where a unit stands behind its number."""
    return tuple((re.compile(rf"[ \-]?(?:{row.pattern})(?![^\W\d])"), row) for row in rows)
