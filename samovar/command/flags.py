"""Command-line flags derived from a function's signature, so that both always agree.

`ner(text: str, taggers: list[str] | None = None)` becomes `TEXT --taggers A,B`.
Values are not checked here: a number that is none goes to the function, which refuses it in the
user's language.
"""

from __future__ import annotations

import argparse
import inspect
import json
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Union, get_args, get_origin, get_type_hints

from samovar.errors import InputError
from samovar.phrases import Phrase

FIELD = Phrase(
    "`{raw}` is neither FIELD=VALUE nor a JSON object.",
    "«{raw}» — не ПОЛЕ=ЗНАЧЕНИЕ и не объект JSON.",
)


class _Merge(argparse.Action):
    """Gather repeated FIELD=VALUE flags into one mapping."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, {**getattr(namespace, self.dest, {}), **values})


def add(parser: argparse.ArgumentParser, function: Callable[..., Any]) -> str:
    """Add a positional for the first parameter of `function` and a flag for each other one.

    What is not given is absent from the parsed namespace. Return the first parameter's name.
    """
    hints = get_type_hints(function)
    first, *others = inspect.signature(function).parameters.values()
    parser.add_argument(first.name, nargs="?", default=argparse.SUPPRESS)
    for parameter in others:
        row: Mapping[str, Any] = KINDS.get(_kind(hints[parameter.name]), TEXT)
        shown = "" if parameter.default is None else f"default: {parameter.default}"
        flag = "--" + parameter.name.replace("_", "-")
        parser.add_argument(flag, dest=parameter.name, default=argparse.SUPPRESS, help=shown, **row)
    return first.name


def _kind(annotation: Any) -> Any:
    """Return the plain type of an annotation: `dict[str, str] | None` is dict."""
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    return get_origin(annotation) or annotation


def _number(raw: str) -> int | str:
    try:
        return int(raw)
    except ValueError:
        return raw


def _items(raw: str) -> list[Any]:
    """Read `a, b` or, for items that hold commas or fields, a JSON list."""
    read = _json(raw, "[")
    if isinstance(read, list):
        return read
    return [item for item in (part.strip() for part in raw.split(",")) if item]


def _fields(raw: str) -> dict[str, Any]:
    read = _json(raw, "{")
    if isinstance(read, dict):
        return read
    name, equals, value = raw.partition("=")
    if not equals or not name.strip():
        raise InputError(FIELD, raw=raw)
    return {name.strip(): value}


def _json(raw: str, opening: str) -> Any:
    if not raw.lstrip().startswith(opening):
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


TEXT: Mapping[str, Any] = {"metavar": "TEXT"}
KINDS: Mapping[Any, Mapping[str, Any]] = {
    bool: {"action": argparse.BooleanOptionalAction},
    int: {"type": _number, "metavar": "N"},
    list: {"type": _items, "action": "extend", "metavar": "A,B"},
    Sequence: {"type": _items, "action": "extend", "metavar": "A,B"},
    dict: {"type": _fields, "action": _Merge, "metavar": "FIELD=VALUE"},
    Mapping: {"type": _fields, "action": _Merge, "metavar": "FIELD=VALUE"},
}
"""Type of a parameter → how argparse reads its flag; any other type is a text."""
