"""Filters as Milvus understands them: metadata become facts in JSON, conditions an expression.

What came from outside, names of fields and values, enters an expression only as hexadecimal digits
or as a number: there is nothing to quote.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from samovar.search.documents.facts import border, facts
from samovar.search.documents.filters import COMPARISONS, Condition, Filters

METADATA, PART = "metadata", "part"


def stored(metadata: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what a row holds of `metadata`: of every field its values and the ends of its order."""
    fields = {}
    for name, value in metadata.items():
        known = facts(value)
        row: dict[str, Any] = {"said": sorted(map(_digest, known.said))}
        if known.numbers:
            row["low"], row["high"] = known.numbers
        if known.texts:
            row["first"], row["last"] = map(_ordered, known.texts)
        fields[_field(name)] = row
    return fields


def expression(where: Filters, parts: Collection[str] | None = None) -> str:
    """Return `where`, and the `parts` where they are given, as one expression; "" passes all."""
    conditions = [] if parts is None else [f"{PART} in [{', '.join(map(_quoted, sorted(parts)))}]"]
    return " and ".join(conditions + [f"({_condition(condition)})" for condition in where])


def part_of(name: str) -> str:
    """Return how a part is stored: scripts are named in capital letters and hyphens."""
    return name.encode().hex()


def _condition(condition: Condition) -> str:
    field = f'{METADATA}["{_field(condition.field)}"]'
    if condition.operator not in COMPARISONS:
        values = ", ".join(_quoted_hex(_digest(value)) for value in condition.values)
        matching = f'json_contains_any({field}["said"], [{values}])'
        return (
            matching
            if condition.operator in ("=", "in")
            else f"not exists {field} or not {matching}"
        )
    number, text = border(condition.values[0])
    high = condition.operator in (">", ">=")
    end = f'{field}["{("first", "last")[high]}"]'
    ordered = f"{end} {condition.operator} {_quoted_hex(_ordered(text))}"
    if number is None:
        return ordered
    # as `Condition.holds` has it: a text that begins with a digit, "0" to "9", compares too
    dated = f'({end} >= "30" and {end} < "3a" and {ordered})'
    return f'{field}["{("low", "high")[high]}"] {condition.operator} {number!r} or {dated}'


def _field(name: str) -> str:
    return f"f{_digest(name)}"


def _digest(value: str) -> str:
    return sha256(value.encode()).hexdigest()[:24]


def _ordered(text: str) -> str:
    """Return digits that sort as the characters do: UTF-8 keeps the order of code points."""
    return text.encode("utf-8", "surrogatepass").hex()


def _quoted(part: str) -> str:
    return _quoted_hex(part_of(part))


def _quoted_hex(digits: str) -> str:
    return f'"{digits}"'
