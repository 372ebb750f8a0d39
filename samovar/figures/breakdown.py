"""A tool's figures case by case, for the Models page: what can be chosen, and the card for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from samovar.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Selector:
    """Describe one choice that a visitor makes."""

    name: str
    label: Phrase
    options: Mapping[str, Phrase]
    """Value → what a visitor reads; the first is chosen to begin with."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Describe figures of a tool that a visitor looks through."""

    title: Phrase
    about: Phrase
    selectors: tuple[Selector, ...]
    card: Callable[..., Markup]
    """Gets the language, then the chosen value of each selector in their order."""
