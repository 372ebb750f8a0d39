"""Commands as templates: a wording with holes for its slot values.

Two commands with the same slots rarely have the same values, but a wording may borrow them: "add
{song} to {list}" and "put {song} on {list}" make a pair with the values of either. Only values of
which a set has many (names, dates) are borrowed; closed classes (song or album, near or far) are
part of the wording and must be equal, because grammar and meaning hang on them.
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
BEFORE = re.compile(r"(\S+) \{(\w+)\}")
GOVERNED = re.compile(
    rf"\b(?:{'|'.join(sorted(PREPOSITIONS))}) (?:(?:{'|'.join(sorted(ARTICLES))}) )?\{{(\w+)\}}",
    re.I,
)
"""A hole behind a preposition."""
CLASSES = ("_type", "_setting", "_owner", "_description")
"""Slots that name a kind of thing; an article or a plural hangs on their value."""
PLACED = re.compile(r"time|date|city|country|state|place|location|relation|poi|frequency", re.I)
"""Slots whose preposition belongs to the value: "on Monday" lends no "at" to "noon"."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one command as a template, its borrowed values and the group in which it has partners."""

    command: Command
    template: str
    values: tuple[tuple[str, str], ...]
    group: tuple[object, ...]

    @property
    def spoken(self) -> str:
        """Return the template as a sentence, each hole by the name of its slot."""
        return HOLE.sub(lambda match: match.group(1).replace("_", " "), self.template)

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
    values, closed = list[tuple[str, str]](), list[tuple[str, str]]()
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
        (values if lent else closed).append((name, value))
        at = start + len(value)
    template = "".join([*parts, text[at:]])
    same = sorted((name, value.lower()) for name, value in closed)
    group = (command.origin, command.intent, *sorted(name for name, _ in values), *same)
    return Wording(command, template, tuple(values), group)


def fits(source: Wording, target: Wording) -> bool:
    """Tell whether the target's template takes the source's values without breaking grammar."""
    old = {name: word.lower() for word, name in BEFORE.findall(source.template)}
    new = {name: word.lower() for word, name in BEFORE.findall(target.template)}
    led = [set(GOVERNED.findall(one.template)) for one in (source, target)]
    if all(led) and not led[0] & led[1]:
        return False  # the roles of the values are swapped: one annotation is wrong
    for name, value in source.values:
        before, after = old.get(name, ""), new.get(name, "")
        if before != after and PLACED.search(name) and {before, after} & PREPOSITIONS:
            return False
        if after in ARTICLES and value.split()[0].lower() in PREPOSITIONS:
            return False
        if after in ("a", "an") and (after == "an") != (value[0].lower() in "aeiou"):
            return False
    return True
