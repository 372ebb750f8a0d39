"""Build frozen records from plain values of JSON or YAML: the type hints are the rules."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import GenericAlias
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import to_json

from samovar import checks
from samovar.errors import Field, InputError
from samovar.phrases import NOTHING, Phrase

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Record = TypeVar("Record")

UNKNOWN_KEY = Phrase("There is no key `{key}`.", "Ключа «{key}» нет.")
DID_YOU_MEAN = Phrase("Did you mean `{near}`?", "Может быть, «{near}»?")
KNOWN_KEYS = Phrase("Known keys: {keys}.", "Известные ключи: {keys}.")
MISSING_KEY = Phrase("The key `{key}` is missing.", "Не хватает ключа «{key}».")
MOST = Phrase(
    "{name} is {value}; it must be at most {bound}.",
    "В поле {name} стоит {value}, а должно быть не больше {bound}.",
)
OTHER = Phrase("{name} does not fit: {why}.", "{name} не подходит: {why}.")
SECTION = Phrase("a section of keys", "разделом с ключами")
LIST = Phrase("a list", "списком")
CORRECT = Phrase("Correct this value.", "Исправьте это значение.")
KINDS = {
    "dataclass_type": SECTION,
    "tuple_type": LIST,
    "string_type": checks.TEXT,
    "string_too_short": checks.TEXT,
    "bool_type": checks.SWITCH,
    "int_type": checks.WHOLE,
    "float_type": checks.REAL,
    "finite_number": checks.REAL,
}
"""Pydantic's name of a mistake → what was expected."""
EXACT = ConfigDict(
    strict=True,
    extra="forbid",
    str_min_length=1,
    str_strip_whitespace=True,
    allow_inf_nan=False,
)
OPEN = ConfigDict(strict=True, extra="ignore")


def record(values: object, kind: type[Record], exact: bool = False) -> Record:
    """Return `values` as a record of `kind`: a mapping becomes a record, a list a tuple.

    Nothing else is converted: "3" is no number. Keys that the record lacks are left out, but refused
    when it is to be `exact`, as are blank texts and numbers that are not finite.

    Raises:
        InputError: an unknown or missing key, another type, or a number out of its range.
    """
    plain = to_json([values], bytes_mode="base64", inf_nan_mode="constants", fallback=repr)
    try:
        [made] = _adapter(kind, exact).validate_json(plain)  # type: ignore[arg-type]
    except ValidationError as error:
        unknown = "unexpected_keyword_argument"  # first: a misspelt key is missing, too
        mistakes = sorted(error.errors(), key=lambda mistake: mistake["type"] != unknown)
        raise _named(mistakes[0], kind) from error
    return made  # type: ignore[no-any-return]


@cache
def _adapter(kind: type, exact: bool) -> TypeAdapter[Any]:
    """Return pydantic's reader; of a list, because a record alone takes no configuration."""
    return TypeAdapter(GenericAlias(list, (kind,)), config=EXACT if exact else OPEN)


def _named(mistake: ErrorDetails, kind: type) -> InputError:
    """Say in both languages what pydantic found."""
    place = _place(mistake["loc"][1:])
    given = {"name": Field(place or kind.__name__), "value": repr(mistake["input"])[:60]}
    context = mistake.get("ctx", {})
    match mistake["type"]:
        case "unexpected_keyword_argument":
            return _unknown(place, list(_paths(kind)))
        case "missing":
            return InputError(MISSING_KEY, key=place)
        case "literal_error":
            options = ", ".join(re.findall(r"'([^']*)'", context["expected"]))
            return InputError(checks.UNKNOWN, checks.CHOOSE, **given, options=options)
        case "greater_than_equal":
            return InputError(checks.LEAST, CORRECT, **given, bound=context["ge"])
        case "less_than_equal":
            return InputError(MOST, CORRECT, **given, bound=context["le"])
        case other if other in KINDS:
            return InputError(checks.TYPE, CORRECT, **given, kind=KINDS[other])
    return InputError(OTHER, CORRECT, **given, why=mistake["msg"])


def _place(path: tuple[int | str, ...]) -> str:
    """Return the path as people write it: ("lora", "layers", 0) → lora.layers[0]."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _unknown(place: str, paths: list[str]) -> InputError:
    """Name the nearest key: `rnk` is near `rank`; a key of another section is found by its name."""
    section, _, key = place.rpartition(".")
    siblings = [path for path in paths if path.rpartition(".")[0] == section]
    for options in (siblings, paths):
        names = {path.rpartition(".")[2]: path for path in options}
        near = difflib.get_close_matches(key, names, n=1)
        if near:
            return InputError(UNKNOWN_KEY, DID_YOU_MEAN, key=place, near=names[near[0]])
    keys = ", ".join(path.rpartition(".")[2] for path in siblings)
    return InputError(UNKNOWN_KEY, KNOWN_KEYS if keys else NOTHING, key=place, keys=keys)


def _paths(kind: type) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        yield field.name
        if is_dataclass(hints[field.name]):
            yield from (f"{field.name}.{path}" for path in _paths(hints[field.name]))  # type: ignore[arg-type]
