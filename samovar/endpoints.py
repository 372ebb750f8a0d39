"""The six public functions: the same ones are the HTTP API, the MCP tools and the command line."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase

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


def _module(slug: str) -> Any:
    return importlib.import_module(f"samovar.{slug}.endpoint")
