"""What a text is written from: the product sheet, the channel with its limits, and the tone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from samovar import schema
from samovar.errors import InputError, StoreError
from samovar.language import detect
from samovar.marketing.facts.markup import plain
from samovar.phrases import Language, Phrase

Unit = Literal["characters", "words"]
DAMAGED = Phrase(
    "The product sheets in {path} cannot be read: {why}.",
    "Карточки товаров в {path} не читаются: {why}.",
)
LONGEST_NAME = 60
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
FIELD = re.compile(r"\s*([^\W\d_][\w '-]{1,20}?)\s*[:=]\s*(.*)")
BULLET = re.compile(r"\s*[-*•–—]\s+")
NAME_AT_START = re.compile(
    r"(?:The |Our )?((?:[A-ZА-ЯЁ][\w«»-]*)(?: (?:[A-ZА-ЯЁ][\w-]*|\d[\w.]*))*)"
)
FIELDS = {
    "name": "name",
    "product": "name",
    "название": "name",
    "товар": "name",
    "audience": "audience",
    "for": "audience",
    "для кого": "audience",
    "аудитория": "audience",
    "fact": "facts",
    "facts": "facts",
    "факт": "facts",
    "факты": "facts",
    "benefit": "benefits",
    "benefits": "benefits",
    "польза": "benefits",
    "преимущества": "benefits",
    "price": "price",
    "цена": "price",
    "forbidden": "forbidden",
    "do not say": "forbidden",
    "нельзя": "forbidden",
    "нельзя говорить": "forbidden",
}
"""Label before a colon, in small letters → field of the sheet; other labels stay part of a fact."""


@dataclass(frozen=True, slots=True)
class Brief:
    """Hold one product sheet. Only what stands here may be said of the product."""

    id: str
    name: str
    category: str
    language: Language | None
    """None when the sheet is written in neither language of the project."""
    audience: str
    facts: tuple[str, ...]
    benefits: tuple[str, ...]
    price: str
    forbidden: tuple[str, ...]

    @property
    def said(self) -> str:
        """Return all that may be said, as one text."""
        parts = (self.name, self.category, self.audience, *self.facts, *self.benefits, self.price)
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Channel:
    """Describe where a text appears: its limits, and how much of the sheet goes into one text."""

    title: Phrase
    kind: Phrase
    """As the prompt calls it."""
    unit: Unit
    least: int
    most: int
    facts: int
    benefits: int
    price: bool
    tokens: int


CHANNELS = {
    "post": Channel(
        Phrase("social post", "пост"),
        Phrase("a short social media post", "короткий пост для соцсети"),
        *("characters", 80, 500, 2, 1, False, 90),
    ),
    "email": Channel(
        Phrase("e-mail", "письмо"),
        Phrase("a short e-mail to a customer", "короткое письмо клиенту"),
        *("words", 30, 120, 2, 1, True, 110),
    ),
    "ad": Channel(
        Phrase("ad", "объявление"),
        Phrase("an ad of one or two sentences", "объявление из одного-двух предложений"),
        *("characters", 40, 200, 1, 1, False, 50),
    ),
    "slogan": Channel(
        Phrase("slogan", "слоган"),
        Phrase("a slogan", "слоган"),
        *("words", 3, 12, 0, 1, False, 24),
    ),
    "landing": Channel(
        Phrase("landing page", "лендинг"),
        Phrase("the first paragraph of a web page", "первый абзац сайта"),
        *("words", 30, 110, 2, 2, True, 100),
    ),
}
"""Name → channel; a new channel is a row here and its shots in shots.py."""

TONES = {
    "plain": Phrase("plain", "простой"),
    "friendly": Phrase("friendly", "дружеский"),
    "expert": Phrase("expert", "экспертный"),
    "bold": Phrase("bold", "смелый"),
}
"""Tone → its name, the same on the page, in the prompt and in the texts to learn from."""


@cache
def products(path: Path) -> dict[str, Brief]:
    """Return the shipped sheets by id, in the order of the file.

    Raises:
        StoreError: the file is missing or a line is no sheet.
    """
    try:
        with path.open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file if line.strip()]
        return {row["id"]: schema.record(_filled(row), Brief) for row in rows}
    except (OSError, ValueError, KeyError, TypeError, InputError) as error:
        raise StoreError(DAMAGED, path=path.name, why=error) from error


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of a file with an empty text for a price that is null."""
    return {**row, "price": row.get("price") or ""}


def parsed(text: str) -> Brief:
    r"""Return the sheet that a visitor wrote: "Name: …" lines, free text, or both mixed.

    >>> parsed("Name: Hush\nHolds 1.5 litres. Boils in 4 minutes.\nPrice: EUR 59").facts
    ('Holds 1.5 litres.', 'Boils in 4 minutes.')
    """
    text = plain(text)
    fields: dict[str, list[str]] = {field: [] for field in FIELDS.values()}
    field = "facts"
    for line in text.splitlines():
        label = FIELD.fullmatch(line)
        known = FIELDS.get(label[1].lower()) if label else None
        if known and label:
            field, line = known, label[2]
        elif not BULLET.match(line):
            field = "facts"
        fields[field] += _items(BULLET.sub("", line, count=1).strip(), field)
    if not fields["name"] and text.strip():
        fields["name"] = _name(text, fields["facts"])
    return Brief(
        id="",
        name=", ".join(fields["name"]),
        category="",
        language=detect(text),
        audience=", ".join(fields["audience"]),
        facts=tuple(fields["facts"]),
        benefits=tuple(fields["benefits"]),
        price=", ".join(fields["price"]),
        forbidden=tuple(fields["forbidden"]),
    )


def _items(line: str, field: str) -> list[str]:
    if field == "facts":
        parts = SENTENCE_END.split(line)
    elif field in ("benefits", "forbidden"):
        parts = re.split(r"\s*;\s*", line)
    else:
        parts = [line]
    return [part for part in parts if part]


def _name(text: str, facts: list[str]) -> list[str]:
    """Return the first line when it reads like a title, else the capitalised words at the start."""
    first, *rest = text.strip().splitlines()
    if rest and len(first) <= LONGEST_NAME and first[-1] not in ".!?…":
        if first in facts:
            facts.remove(first)
        return [first.strip()]
    start = NAME_AT_START.match(text.strip())
    name = start[1] if start else ""
    return [name] if " " in name or name != name.capitalize() else []
