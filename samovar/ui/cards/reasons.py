"""Why these models: each reason once, with all that it holds for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from samovar import html
from samovar.phrases import Language, Phrase

TITLE = Phrase("Why these models and engines", "Почему эти модели и движки")
OF = Phrase("{tool}: {parts}", "{tool}: {parts}")
NUMBER = re.compile(r"\d+")
"""Free memory differs from one look to the next: it makes no second reason."""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold why something was chosen: for which tool, and for which part of it."""

    tool: Phrase
    part: Phrase
    reason: Phrase


def grouped(told: Sequence[Told], language: Language) -> Markup:
    """Return a fold with each reason once and below it what it holds for."""
    groups: dict[str, list[Told]] = {}
    for one in told:
        groups.setdefault(NUMBER.sub("", one.reason.en), []).append(one)
    items = [html.tag("li", _group(group, language)) for group in groups.values()]
    body = html.tag("ul", html.join(items), class_="reasons")
    return html.details(TITLE.say(language), body)


def _group(group: Sequence[Told], language: Language) -> Markup:
    said = group[0].reason.say(language)
    parts: dict[str, list[str]] = {}
    for one in group:
        parts.setdefault(one.tool.say(language), []).append(one.part.say(language))
    of = [OF.say(language, tool=tool, parts=", ".join(names)) for tool, names in parts.items()]
    return html.tag("b", said[:1].upper() + said[1:]) + html.tag("p", "; ".join(of), class_="quiet")
