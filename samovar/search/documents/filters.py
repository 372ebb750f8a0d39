"""Keep the documents whose metadata fulfil the conditions asked for.

A filter names fields; each has a value, a list (one of them is enough) or operators:

    {"topic": "space"}    {"topic": ["space", "art"]}    {"year": {">=": 1900, "<": 2000}}

Letter case does not matter, and 1957 equals "1957". `<` and its like compare numbers with numbers
and texts by their characters; a number also stands before the dates that begin with it: `2020` before
`2020-05-01`. Of a list in the metadata, one element that
fits is enough; `!=` and `not in` want that none does, and pass a document without the field.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.search.documents.corpus import Document
from samovar.search.documents.facts import Facts, border, facts, said

COMPARED_BY = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
COMPARISONS = tuple(COMPARED_BY)
DIGITS = tuple("0123456789")
SETS = ("=", "!=", "in", "not in")
OPERATORS = (*COMPARISONS, *SETS)
MOST = 100
"""Values in one set, and conditions in one filter."""
WRITTEN = re.compile(r"\s*(.+?)\s*(?:(>=|<=|!=|=|>|<)|(?<=\s)(not\s+in|in)(?=\s))\s*(.*?)\s*", re.S)

NOT_FIELDS = Phrase(
    "`filters` must name fields and values, but {value} was given.",
    "«filters» должно называть поля и значения, а получено {value}.",
)
UNKNOWN = Phrase(
    "No document has a field `{name}` to filter by.", "Ни у одного документа нет поля «{name}»."
)
FIELDS = Phrase("The fields are: {fields}.", "Есть поля: {fields}.")
NO_FIELDS = Phrase("These documents have no fields.", "У этих документов нет полей.")
VALUE = Phrase(
    "The filter `{name}` must be a text or a number, not {value}.",
    "Фильтр «{name}» должен быть текстом или числом, а не {value}.",
)
LIKE = Phrase(
    "Write it like field=value, field>=1900 or field in a, b.",
    "Запишите так: поле=значение, поле>=1900 или поле in a, b.",
)
OPERATOR = Phrase(
    "The filter `{name}` has no operator {value}.", "У фильтра «{name}» нет действия {value}."
)
KNOWN = Phrase("The operators are: {operators}.", "Есть действия: {operators}.")
MANY = Phrase(
    "The filter `{name}` has {n} values; at most {most} are accepted.",
    "В фильтре «{name}» значений {n}, а принимается не больше {most}.",
)
SHORTEN = Phrase("Leave some out.", "Уберите часть.")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one condition: the `field` compared by `operator` with `values` (of a set, several)."""

    field: str
    operator: str
    values: tuple[str, ...]

    def holds(self, known: Facts) -> bool:
        """Tell whether the facts of one document's field fulfil it."""
        if self.operator in SETS:
            shared = any(value in known.said for value in self.values)
            return shared is (self.operator in ("=", "in"))
        lower = self.operator in ("<", "<=")
        number, text = border(self.values[0])
        if (
            number is not None
            and known.numbers
            and self._compared(known.numbers[not lower], number)
        ):
            return True
        if known.texts is None:
            return False
        end = known.texts[not lower]
        dated = number is None or end[:1] in DIGITS
        return bool(end) and dated and self._compared(end, text)

    def _compared(self, end: Any, border: Any) -> bool:
        return bool(COMPARED_BY[self.operator](end, border))


Filters = tuple[Condition, ...]


def checked(filters: object, fields: Collection[str]) -> Filters:
    """Return the conditions of `filters`; None and {} filter nothing.

    Raises:
        InputError: no mapping, a field that no document has, an unknown operator, or a value that
            is no scalar.
    """
    if filters is None:
        return ()
    if not isinstance(filters, Mapping):
        raise InputError(NOT_FIELDS, LIKE, value=repr(filters)[:SHOWN])
    conditions = [
        condition
        for name, wanted in filters.items()
        for condition in _conditions(name, wanted, fields)
    ]
    if len(conditions) > MOST:
        raise InputError(MANY, SHORTEN, name="filters", n=len(conditions), most=MOST)
    return tuple(conditions)


def written(lines: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the filter that `lines` write, such as `year >= 1900` or `topic in art, space`.

    Raises:
        InputError: a line without an operator, or with nothing to compare with.
    """
    conditions: dict[str, dict[str, Any]] = {}
    for line in lines:
        match = WRITTEN.fullmatch(line)
        if match is None or not match[4]:
            raise InputError(NOT_FIELDS, LIKE, value=repr(line)[:SHOWN])
        sign = match[2] or " ".join(match[3].split())
        value: Any = match[4]
        if sign in ("in", "not in"):
            value = [part.strip() for part in value.split(",") if part.strip()]
        conditions.setdefault(match[1], {})[sign] = value
    return conditions


def fields(documents: Collection[Document]) -> tuple[str, ...]:
    """Return the names of all metadata fields, sorted."""
    return tuple(sorted({name for document in documents for name in document.metadata}))


def passes(metadata: Mapping[str, Any], wanted: Filters) -> bool:
    """Tell whether `metadata` fulfil every condition."""
    return all(one.holds(facts(metadata.get(one.field))) for one in wanted)


def _conditions(name: object, wanted: object, fields: Collection[str]) -> list[Condition]:
    if not isinstance(name, str) or name not in fields:
        hint = FIELDS if fields else NO_FIELDS
        shown = str(name)[:SHOWN]
        raise InputError(UNKNOWN, hint, name=shown, fields=", ".join(fields))
    if not isinstance(wanted, Mapping):
        wanted = {"in" if isinstance(wanted, list | tuple) else "=": wanted}
    conditions = []
    value: Any
    for sign, value in wanted.items():
        if sign not in OPERATORS:
            shown = repr(sign)[:SHOWN]
            raise InputError(
                OPERATOR, KNOWN, name=name, value=shown, operators=", ".join(OPERATORS)
            )
        several = isinstance(value, list | tuple) and sign in ("in", "not in")
        listed: Sequence[object] = value if several else [value]
        values = tuple(_scalar(name, scalar) for scalar in listed)
        if not 0 < len(values) <= MOST:
            raise InputError(MANY, LIKE, name=name, n=len(values), most=MOST)
        conditions.append(Condition(name, sign, values))
    return conditions


def _scalar(name: str, value: object) -> str:
    if not isinstance(value, str | int | float) or value != value:
        raise InputError(VALUE, LIKE, name=name, value=repr(value)[:SHOWN])
    return said(value)
