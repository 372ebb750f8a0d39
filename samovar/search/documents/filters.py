"""Keep the documents whose metadata fulfil the conditions asked for.

A filter names fields; each has a value, a list (one of them is enough) or operators:

    {"topic": "space"}    {"topic": ["space", "art"]}    {"year": {">=": 1900, "<": 2000}}

Letter case does not matter, and 1957 equals "1957" (`samovar.search.documents.values`). `<` and its
like compare numbers with numbers, dates with dates and years, texts by their characters. A value that a
field cannot have is refused: `year > banana`. Of a list in the metadata, one element that fits is enough;
`!=` and `not in` want that none does, and pass a document without the field.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samovar import checks
from samovar.errors import Field, InputError
from samovar.phrases import Phrase
from samovar.search.documents.facts import Facts, facts
from samovar.search.documents.fields import Fields, field_named, require_sense
from samovar.search.documents.values import ORDERINGS, Border, Value, borders, value

COMPARED_BY = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
SETS = ("=", "!=", "in", "not in")
OPERATORS = (*ORDERINGS, *SETS)
MOST = 100
"""Values in one set, and conditions in one filter."""
WRITTEN = re.compile(r"\s*(.+?)\s*(?:(>=|<=|!=|=|>|<)|(?<=\s)(not\s+in|in)(?=\s))\s*(.*?)\s*", re.S)

NOT_FIELDS = Phrase(
    "{name} must say a field, a comparison and a value, but {value} was given.",
    "В поле {name} нужны имя поля, сравнение и значение, а получено {value}.",
)
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
CONDITIONS = Phrase(
    "{name} holds {n} conditions; at most {most} are accepted.",
    "В поле {name} условий {n}, а принимается не больше {most}.",
)
SHORTEN = Phrase("Leave some out.", "Уберите часть.")
NAME = Field("filters")


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one condition: the `field` compared by `operator` with `values` (of a set, several)."""

    field: str
    operator: str
    values: tuple[Value, ...]

    @property
    def borders(self) -> tuple[Border, ...]:
        """Return what an ordering wants; one that holds is enough."""
        return borders(self.values[0], self.operator)

    def holds(self, known: Facts) -> bool:
        """Tell whether the facts of one document's field fulfil it."""
        if self.operator in SETS:
            shared = any(value.name in known.names for value in self.values)
            return shared is (self.operator in ("=", "in"))
        last = self.operator in (">", ">=")
        return any(
            border.kind in known.ends
            and COMPARED_BY[self.operator](known.ends[border.kind][last], border.key)
            for border in self.borders
        )


Filters = tuple[Condition, ...]


def checked(filters: object, fields: Fields) -> Filters:
    """Return the conditions of `filters`; None and {} filter nothing.

    Raises:
        InputError: no mapping, a field that no document has, an unknown operator, a value that is no
            scalar, or one that the field cannot have.
    """
    if filters is None:
        return ()
    if not isinstance(filters, Mapping):
        raise InputError(NOT_FIELDS, LIKE, name=NAME, value=checks.shown(filters))
    conditions = [
        condition
        for name, wanted in filters.items()
        for condition in _conditions(name, wanted, fields)
    ]
    if len(conditions) > MOST:
        raise InputError(CONDITIONS, SHORTEN, name=NAME, n=len(conditions), most=MOST)
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
            raise InputError(NOT_FIELDS, LIKE, name=NAME, value=checks.shown(line.strip()))
        sign = match[2] or " ".join(match[3].split())
        value: Any = match[4]
        if sign in ("in", "not in"):
            value = [part.strip() for part in value.split(",") if part.strip()]
        conditions.setdefault(match[1], {})[sign] = value
    return conditions


def passes(metadata: Mapping[str, Any], wanted: Filters) -> bool:
    """Tell whether `metadata` fulfil every condition."""
    return all(one.holds(facts(metadata.get(one.field))) for one in wanted)


def _conditions(name: object, wanted: object, fields: Fields) -> list[Condition]:
    field = field_named(name, fields)
    if not isinstance(wanted, Mapping):
        wanted = {"in" if isinstance(wanted, list | tuple) else "=": wanted}
    conditions = []
    given: Any
    for sign, given in wanted.items():
        if sign not in OPERATORS:
            shown = checks.shown(sign)
            raise InputError(
                OPERATOR, KNOWN, name=field, value=shown, operators=", ".join(OPERATORS)
            )
        several = isinstance(given, list | tuple) and sign in ("in", "not in")
        listed: Sequence[object] = given if several else [given]
        if not 0 < len(listed) <= MOST:
            raise InputError(MANY, LIKE, name=field, n=len(listed), most=MOST)
        scalars = tuple(_scalar(field, scalar) for scalar in listed)
        for scalar, one in zip(listed, scalars, strict=True):
            require_sense(field, sign, one, str(scalar), fields[field])
        conditions.append(Condition(field, sign, scalars))
    return conditions


def _scalar(name: str, given: object) -> Value:
    if not isinstance(given, str | int | float) or given != given:
        raise InputError(VALUE, LIKE, name=name, value=checks.shown(given))
    return value(given)
