"""Filters as Milvus understands them: metadata become facts in JSON, conditions an expression.

What came from outside, names of fields and values, enters an expression only as hexadecimal digits:
there is nothing to quote.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from samovar.search.documents.facts import facts
from samovar.search.documents.filters import Condition, Filters
from samovar.search.documents.values import ORDERINGS

METADATA, PART = "metadata", "part"
FIRST, LAST = "first_", "last_"
NONE = f'{PART} == "-"'
"""Passes nothing: true and false have no order."""


def stored(metadata: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what a row holds of `metadata`: of every field its values and the ends of its order."""
    fields = {}
    for name, value in metadata.items():
        known = facts(value)
        row: dict[str, Any] = {"said": sorted(map(_digest, known.names))}
        for kind, ends in known.ends.items():
            row[FIRST + kind], row[LAST + kind] = map(_ordered, ends)
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
    if condition.operator not in ORDERINGS:
        values = ", ".join(_quoted_hex(_digest(value.name)) for value in condition.values)
        matching = f'json_contains_any({field}["said"], [{values}])'
        return (
            matching
            if condition.operator in ("=", "in")
            else f"not exists {field} or not {matching}"
        )
    end = LAST if condition.operator in (">", ">=") else FIRST
    ordered = (
        f'{field}["{end}{border.kind}"] {border.operator} {_quoted_hex(_ordered(border.key))}'
        for border in condition.borders
    )
    return " or ".join(ordered) or NONE


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
