"""The six public functions: the same ones are the HTTP API, the MCP tools and the command line."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from samovar.errors import InputError
from samovar.examples import inputs
from samovar.phrases import Phrase
from samovar.settings import Settings

ENDPOINTS = {
    "paraphrase": "paraphrase",
    "search": "search",
    "ner": "ner",
    "tokenizer": "tokenizer",
    "character": "chat",
    "marketing": "marketing",
}
"""Slug → name of its endpoint, a function in `samovar/<slug>/endpoint.py`."""

STRANGE = Phrase("`{name}` is not an argument of {tool}.", "У {tool} нет аргумента «{name}».")
ABSENT = Phrase("`{name}` is missing.", "Не хватает «{name}».")
KNOWN = Phrase("The arguments are: {names}.", "Аргументы: {names}.")
SHOWN = 60
SECTION = re.compile(r"^(Args|Returns|Raises):$\n", re.MULTILINE)
ARGUMENT = re.compile(r"^ {4}(\w+): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Description:
    """Hold what an endpoint tells of itself, in sentences without line breaks."""

    summary: str
    arguments: Mapping[str, str]
    returns: str


def endpoint(slug: str) -> Callable[..., Any]:
    """Return the function behind the endpoint of tool `slug`."""
    function: Callable[..., Any] = getattr(_module(slug), ENDPOINTS[slug])
    return function


def lines(slug: str) -> Callable[[Any], list[str]]:
    """Return the function that writes a result of tool `slug` as readable lines."""
    function: Callable[[Any], list[str]] = _module(slug).lines
    return function


def seconds(slug: str) -> int:
    """Return how many GPU seconds a call of the endpoint of tool `slug` may take on ZeroGPU."""
    declared: int = _module(slug).SECONDS
    return declared


def description(slug: str) -> Description:
    """Return what the docstring of the endpoint of tool `slug` says."""
    written = inspect.getdoc(endpoint(slug)) or ""
    summary, *rest = SECTION.split(written)
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    _, *listed = ARGUMENT.split(parts["Args"])
    told = zip(listed[::2], map(_joined, listed[1::2]), strict=True)
    return Description(_joined(summary), dict(told), _joined(parts["Returns"]))


def example(slug: str, settings: Settings) -> dict[str, Any]:
    """Return the arguments that give the English answered example of tool `slug`."""
    given = inputs(settings, slug, "en")
    hints = get_type_hints(endpoint(slug))
    arguments = {name: given[name] for name in names(slug) if given.get(name) not in (None, "", [])}
    return {name: _listed(value, hints[name]) for name, value in arguments.items()}


def names(slug: str) -> list[str]:
    """Return the names of the arguments of tool `slug`, the required ones first."""
    return list(inspect.signature(endpoint(slug)).parameters)


def call(slug: str, arguments: Mapping[str, Any]) -> Any:
    """Return what the endpoint of tool `slug` answers to `arguments`; it checks their values.

    Raises:
        SamovarError: an argument is unknown or missing, or the endpoint refuses one or fails.
    """
    function = endpoint(slug)
    parameters = inspect.signature(function).parameters
    known = ", ".join(parameters)
    for name in arguments:
        if name not in parameters:
            raise InputError(STRANGE, KNOWN, name=name[:SHOWN], tool=ENDPOINTS[slug], names=known)
    for name, parameter in parameters.items():
        if parameter.default is parameter.empty and name not in arguments:
            raise InputError(ABSENT, KNOWN, name=name, names=known)
    return function(**arguments)


def _joined(text: str) -> str:
    return " ".join(text.split())


def _listed(value: Any, kind: Any) -> Any:
    """Return a text of the page, such as `kubectl, pod`, as the list that the endpoint takes."""
    if isinstance(value, str) and kind == list[str] | None:
        return [part.strip() for part in value.split(",")]
    return value


def _module(slug: str) -> Any:
    return importlib.import_module(f"samovar.{slug}.endpoint")
