"""Commands as templates: a wording with holes for its slot values, as in "add {song} to {list}".

Only values of which a set has many (names, dates) make room for others; closed classes (song or album,
near or far) are part of the wording, because grammar and meaning hang on them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from training.corpora.commands import Command

ARTICLES = frozenset("the a an my your our this that its".split())
PREPOSITIONS = frozenset("to from in into on at by for with without under over about of".split())
OPEN = 60
"""A slot with at least so many different values in a set is open."""
HOLE = re.compile(r"\{(\w+)\}")
CLASSES = ("_type", "_setting", "_owner", "_description")
"""Slots that name a kind of thing; an article or a plural hangs on their value."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one command as a template and the values that others may borrow."""

    command: Command
    template: str
    values: tuple[tuple[str, str], ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the sentence with `values` in the holes."""
        return HOLE.sub(lambda match: values[match.group(1)], self.template)


def open_slots(commands: Iterable[Command]) -> frozenset[tuple[str, str]]:
    """Return (origin, slot) of the slots with many different values."""
    values: dict[tuple[str, str], set[str]] = defaultdict(set)
    for command in commands:
        for name, value in command.slots:
            values[command.origin, name].add(value.lower())
    return frozenset(
        key for key, known in values.items() if len(known) >= OPEN and not key[1].endswith(CLASSES)
    )


def wording(command: Command, known: frozenset[tuple[str, str]]) -> Wording | None:
    """Return the command as a template; None where a slot comes twice or is not in the text."""
    text, parts = command.text, list[str]()
    values = list[tuple[str, str]]()
    names = [name for name, _ in command.slots]
    if len(set(names)) < len(names) or set("{}") & set(text):
        return None
    at = 0
    for name, value in command.slots:
        start = text.find(value, at)
        if start < 0 or not value:
            return None
        lent = (command.origin, name) in known
        parts += [text[at:start], f"{{{name}}}" if lent else value]
        if lent:
            values.append((name, value))
        at = start + len(value)
    return Wording(command, "".join([*parts, text[at:]]), tuple(values))
