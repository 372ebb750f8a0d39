"""One value of a metadata field, or of a filter: a number, a date, true or false, or a text.

What is compared is the value and not how it is written: 9.90 is 9.9, `1e3` is 1000, a whole number is
exact however long, 01.05.2020 is 2020-05-01, é is é in one character or two. `1,499` and `120 EUR` are
texts: nothing says what they would be as numbers. So is `007`, which is a code.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal, get_args

Kind = Literal["number", "date", "boolean", "text"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NUMBER = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?")
DIGITS = 400
"""Characters of a number; what is longer is a text."""
YEAR = re.compile(r"[0-9]{4}")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
"""Day, month and year."""
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?:z|[+-][0-9]{2}:?[0-9]{2})?"
)
ORDERINGS = ("<", "<=", ">", ">=")
BOOLEANS = ("true", "false")
COMPARED = 200
"""Characters of a text that an ordering looks at."""
BEHIND = "~"
"""Sorts behind every character of a date."""
BIAS = 5000
"""Added to a number's exponent, which then has four digits and no sign."""
OPPOSITE = str.maketrans("0123456789", "9876543210")


@dataclass(frozen=True, slots=True)
class Value:
    """Hold one value."""

    kind: Kind
    name: str
    """The same of all that are equal."""
    key: str
    """Sorts as the values of its kind do; of a month it is the first moment."""
    within: tuple[str, ...] = ()
    """The names of the periods that a date lies in: its year, month and day."""


@dataclass(frozen=True, slots=True)
class Border:
    """Hold what an ordering wants of the values of one kind: their key compared with `key`."""

    kind: Kind
    operator: str
    key: str


def value(written: object) -> Value:
    """Return what a scalar of JSON, or a cell of a table, says.

    >>> value(9.90).name, value("+5").name, value("1e3").name, value("1,499").kind
    ('9.9', '5', '1000', 'text')
    """
    return _value(plain(str(written)))


def plain(text: str) -> str:
    """Return `text` without what no comparison looks at: letter case, edges, composed accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text.strip()).casefold())


def borders(wanted: Value, operator: str) -> tuple[Border, ...]:
    """Return what `operator` (<, <=, >, >=) wants, one border for each kind it can be held against.

    A period is passed when it is over: what is > 2020 begins with 2021, what is <= 2020 ends with it.
    A number of four digits is also a year among dates. True and false have no order.
    """
    found = []
    if wanted.kind in ("number", "text"):
        found.append(Border(wanted.kind, operator, wanted.key))
    if wanted.kind == "date" or is_year(wanted):
        end = BEHIND if operator in ("<=", ">") else ""
        found.append(Border("date", operator, wanted.name + end))
    return tuple(found)


def is_year(one: Value) -> bool:
    """Tell whether a number can be a year."""
    return one.kind == "number" and bool(YEAR.fullmatch(one.name))


@lru_cache(maxsize=50_000)
def _value(text: str) -> Value:
    if len(text) <= DIGITS and NUMBER.fullmatch(text):
        return _number(Decimal(text))
    if text in BOOLEANS:
        return Value("boolean", text, text)
    return _date(text) or Value("text", text, text[:COMPARED])


def _number(number: Decimal) -> Value:
    sign, ciphers, _ = number.as_tuple()
    digits = "".join(map(str, ciphers)).strip("0")
    if not digits:
        return Value("number", "0", "1")
    power = number.adjusted()
    if abs(power) < DIGITS:
        name = f"{number:f}"
        name = (name.rstrip("0").rstrip(".") if "." in name else name).removeprefix("+")
    else:
        name = f"{'-' * sign}{digits}e{power}"
    size = f"{power + BIAS:04d}{digits}"
    # of two negative numbers the longer one is the smaller: -95 before -9
    key = f"0{size.translate(OPPOSITE)}{BEHIND}" if sign else f"2{size}"
    return Value("number", name, key)


def _date(text: str) -> Value | None:
    dotted = DOTTED.fullmatch(text)
    if dotted:
        text = f"{dotted[3]}-{dotted[2]:0>2}-{dotted[1]:0>2}"
    try:
        if MONTH.fullmatch(text):
            return _period(text, date.fromisoformat(f"{text}-01"))
        if DAY.fullmatch(text):
            return _period(text, date.fromisoformat(text))
        if INSTANT.fullmatch(text):
            said = datetime.fromisoformat(text.upper())
            moment = said.astimezone(UTC).replace(tzinfo=None) if said.tzinfo else said
            name = moment.isoformat()
            return Value("date", name, name, (name[:4], name[:7], name[:10]))
    except (ValueError, OverflowError):
        pass  # 2020-13-45 is a text
    return None


def _period(name: str, first: date) -> Value:
    within = tuple(name[:end] for end in (4, 7) if end < len(name))
    return Value("date", name, f"{first.isoformat()}T00:00:00", within)
