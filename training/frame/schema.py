"""Build frozen records from plain YAML values, strictly: the type hints are the rules."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from samovar import checks
from samovar.errors import InputError
from samovar.phrases import NOTHING, Phrase

Record = TypeVar("Record")

UNKNOWN_KEY = Phrase("The recipe has no key `{key}`.", "В рецепте нет ключа «{key}».")
DID_YOU_MEAN = Phrase("Did you mean `{near}`?", "Может быть, «{near}»?")
KNOWN_KEYS = Phrase("Known keys: {keys}.", "Известные ключи: {keys}.")
MISSING_KEY = Phrase("The recipe lacks `{key}`.", "В рецепте нет «{key}».")
NUMBER = Phrase("a number", "числом")
SECTION = Phrase("a section of keys", "разделом с ключами")
LIST = Phrase("a list", "списком")
TEXT = Phrase("a text", "текстом")
CORRECT = Phrase("Correct this line.", "Исправьте эту строку.")
EXPONENT = re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Range:
    """Bound a number, both ends included: `rank: Annotated[int, Range(1, 256)]`."""

    low: float
    high: float


def record(values: object, kind: type[Record], place: str = "") -> Record:
    """Return `values` (a mapping of the YAML file) as a `kind`, every field checked.

    Raises:
        InputError: an unknown or missing key, another type, or a number out of its range.
    """
    if not isinstance(values, dict):
        raise _wrong(place or kind.__name__, SECTION, values)
    hints = get_type_hints(kind, include_extras=True)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for key in values:
        if key not in known:
            raise _unknown(str(key), list(known), kind, place)
    for name, field in known.items():
        if name not in values and _required(field):
            raise InputError(MISSING_KEY, key=place + name)
    return kind(**{key: _value(v, hints[key], place + key) for key, v in values.items()})


def _value(value: object, hint: Any, place: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        bounds = [extra for extra in arguments[1:] if isinstance(extra, Range)]
        return _number(value, arguments[0], bounds[0], place) if bounds else value
    if origin is Literal:
        return checks.choice(value, arguments, place)
    if origin in (Union, UnionType):
        [inner] = [argument for argument in arguments if argument is not NoneType]
        return None if value is None else _value(value, inner, place)
    if origin is tuple:
        if not isinstance(value, list):
            raise _wrong(place, LIST, value)
        return tuple(_value(item, arguments[0], f"{place}[{i}]") for i, item in enumerate(value))
    if is_dataclass(hint):
        return record(value, hint, f"{place}.")  # type: ignore[arg-type]
    if hint is bool:
        return checks.switch(value, place)
    if hint is str:
        if not isinstance(value, str) or not value.strip():
            raise _wrong(place, TEXT, value)
        return value
    raise TypeError(f"{place}: a recipe cannot hold {hint}")


def _number(value: object, kind: type, bounds: Range, place: str) -> int | float:
    if kind is int:
        return checks.whole(value, int(bounds.low), int(bounds.high), place)
    if isinstance(value, str) and EXPONENT.fullmatch(value):
        value = float(value)  # PyYAML reads 2e-4, without a point, as a text
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise _wrong(place, NUMBER, value)
    if not bounds.low <= value <= bounds.high:
        low, high = bounds.low, bounds.high
        raise InputError(checks.RANGE, CORRECT, name=place, value=value, low=low, high=high)
    return float(value)


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _wrong(place: str, kind: Phrase, value: object) -> InputError:
    shown = repr(value)[:60]
    return InputError(checks.TYPE, CORRECT, name=place.rstrip("."), kind=kind, value=shown)


def _unknown(key: str, siblings: list[str], kind: type, place: str) -> InputError:
    """Name the nearest key: `rnk` is near `rank`; a key of a deeper section is found by its name."""
    deeper = {path.rpartition(".")[2]: place + path for path in _paths(kind)}
    for options in ({name: place + name for name in siblings}, deeper):
        near = difflib.get_close_matches(key, options, n=1)
        if near:
            return InputError(UNKNOWN_KEY, DID_YOU_MEAN, key=place + key, near=options[near[0]])
    keys = ", ".join(siblings)
    return InputError(UNKNOWN_KEY, KNOWN_KEYS if keys else NOTHING, key=place + key, keys=keys)


def _paths(kind: type) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        yield field.name
        if is_dataclass(hints[field.name]):
            yield from (f"{field.name}.{path}" for path in _paths(hints[field.name]))  # type: ignore[arg-type]
