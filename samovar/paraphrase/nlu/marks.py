"""Slots as Rasa marks them, read from a text.

`[Porto](city)`, `[NYC](city:New York)`, `[Oslo]{"entity": "city", "role": "from"}`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.records import Span

MARK = re.compile(
    r"\[(?P<text>[^\[\]\n]+)\]"
    r"(?: ?\((?P<label>[\w.\-]+)(?::(?!//)(?P<value>[^()\n]+))?\)|(?P<fields>\{[^{}\n]*\}))"
)
REMAINS = re.compile(r"\](?:\((?!\w+://)|\{\s*\"|\[\s*\{)")
"""What shows that a mark was meant; `[text](https://…)` is a link and stays as it is."""
BRACE = re.compile(r"[{}]")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
FIELDS = ("entity", "role", "group", "value")
SHOWN = 60

WRITE = Phrase(
    'Write [Oslo](city) or [Oslo]{{"entity": "city", "role": "from"}}.',
    'Напишите [Тверь](city) или [Тверь]{{"entity": "city", "role": "from"}}.',
)
NESTED = Phrase(
    "A slot stands inside another slot: {value}.", "Один слот стоит внутри другого: {value}."
)
APART = Phrase("Mark them one beside the other.", "Отметьте их по отдельности.")
UNREADABLE = Phrase("A slot's mark cannot be read: {value}.", "Не читается отметка слота: {value}.")
NO_ENTITY = Phrase(
    "A slot's mark names no entity: {value}.", "В отметке слота не названа сущность: {value}."
)
UNBALANCED = Phrase(
    "The brace {value} at position {at} has no partner.",
    "У фигурной скобки {value} (позиция {at}) нет пары.",
)
PAIR = Phrase("Write placeholders like {{name}}.", "Пишите подстановки так: {{name}}.")
NO_WORDS = Phrase(
    "The text {value} has only placeholders and slots, so there is nothing to reword.",
    "В тексте {value} одни подстановки и слоты, перефразировать нечего.",
)
ADD_WORDS = Phrase("Add the words around them.", "Добавьте слова вокруг них.")


@dataclass(frozen=True, slots=True)
class Slot(Span):
    """Mark a slot of a plain text; `label` is Rasa's entity."""

    role: str = ""
    group: str = ""
    value: str = ""
    """What the bot is told instead of the text (Rasa's synonyms)."""
    mark: str = ""
    """The mark as it was written, `[ 5 ](n)`."""

    @property
    def closing(self) -> str:
        """Return what follows the bracketed text when this slot is marked elsewhere."""
        if self.mark:
            return self.mark.partition("]")[2]
        if not (self.role or self.group or self.value):
            return f"({self.label})"
        named = zip(FIELDS, (self.label, self.role, self.group, self.value), strict=True)
        return json.dumps({name: value for name, value in named if value}, ensure_ascii=False)


def unmarked(text: str) -> tuple[str, tuple[Slot, ...]]:
    """Return the plain text, its whitespace as single spaces, and its marked slots.

    Raises:
        InputError: a slot stands inside another one, or its mark cannot be read.

    >>> plain, [slot] = unmarked("to [ Porto ](city) now")
    >>> plain, slot.start, slot.end, slot.label, slot.mark
    ('to Porto now', 3, 8, 'city', '[ Porto ](city)')
    """
    _readable(text)
    plain, slots, at = "", list[Slot](), 0
    for match in MARK.finditer(text):
        value = " ".join(match["text"].split())
        led = match["text"][: len(match["text"]) - len(match["text"].lstrip())]
        plain = _joined(plain, text[at : match.start()] + led)
        slots.append(_slot(match, value, len(plain)))
        plain = _joined(plain, value + match["text"][len(match["text"].rstrip()) :])
        at = match.end()
    return _joined(plain, text[at:]).rstrip(), tuple(slots)


def require_template(text: str) -> None:
    """Refuse a text whose marks or braces do not fit, or that has nothing besides placeholders.

    Raises:
        InputError: with the brace or mark that is wrong.
    """
    unmarked(text)
    outside = MARK.sub(lambda match: " " * len(match.group()), text)
    opened: list[re.Match[str]] = []
    for brace in BRACE.finditer(outside):
        if brace.group() == "{":
            opened.append(brace)
        elif opened:
            opened.pop()
        else:
            opened = [brace]
            break
    if opened:
        first = opened[0]
        raise InputError(UNBALANCED, PAIR, value=first.group(), at=first.start() + 1)
    words = PLACEHOLDER.sub("", PLACEHOLDER.sub("", outside))
    if words != text and not any(char.isalnum() for char in words):
        raise InputError(NO_WORDS, ADD_WORDS, value=text.strip()[:SHOWN])


def _readable(text: str) -> None:
    """Refuse what looks like a mark and is none."""
    rest = MARK.sub("\0", text)
    broken = REMAINS.search(rest)
    if broken:
        start = max(rest.rfind("[", 0, broken.start()), 0)
        near = rest[start : start + SHOWN]
        if "\0" in near[: broken.end() - start + 1]:
            raise InputError(NESTED, APART, value=text[start : start + SHOWN])
        raise InputError(UNREADABLE, WRITE, value=near.replace("\0", "…"))
    for match in MARK.finditer(text):
        if not match["text"].strip():
            raise InputError(UNREADABLE, WRITE, value=match.group()[:SHOWN])


def _slot(match: re.Match[str], value: str, start: int) -> Slot:
    fields = _fields(match) if match["fields"] else {"entity": match["label"]}
    given = {name: str(fields.get(name) or "") for name in FIELDS}
    if match["value"]:
        given["value"] = match["value"].strip()
    label = given.pop("entity")
    mark = re.sub(r"\] \(", "](", match.group())
    return Slot(start, start + len(value), label, value, **given, mark=mark)


def _fields(match: re.Match[str]) -> dict[str, Any]:
    try:
        fields = json.loads(match["fields"])
    except ValueError as error:
        raise InputError(UNREADABLE, WRITE, value=match.group()[:SHOWN]) from error
    if not isinstance(fields.get("entity"), str) or not fields["entity"].strip():
        raise InputError(NO_ENTITY, WRITE, value=match.group()[:SHOWN])
    return dict(fields)


def _joined(plain: str, more: str) -> str:
    """Return both, runs of whitespace being one space and none at the start."""
    more = re.sub(r"\s+", " ", more)
    return plain + (more.lstrip() if not plain or plain.endswith(" ") else more)
