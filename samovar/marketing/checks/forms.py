"""The form that each channel asks for: parts and lengths, counted as the channel counts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from samovar.phrases import Phrase

Counted = Literal["characters", "words", "septets"]
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Letters of an SMS of 160 signs (GSM 03.38); any other letter makes it one of 70."""
DOUBLE = frozenset("^{}\\[~]|€")
"""These count twice there."""
PARTS: Mapping[str, Phrase] = {
    "text": Phrase("text", "текст"),
    "headline": Phrase("headline", "заголовок"),
    "subject": Phrase("subject", "тема"),
}
"""Part of a form → its name."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bound the length of one part of a text."""

    name: str
    least: int
    most: int
    whole: bool = False
    """Whether the part before it counts too: a page with its headline."""


@dataclass(frozen=True, slots=True)
class Form:
    """Say which parts a text has and how their length is counted."""

    parts: tuple[Part, ...]
    """One: the whole text. Two: the first line, and what follows it."""
    counted: Counted = "characters"
    sentences: bool = True
    """False where a text need not consist of whole sentences."""
    facts: bool = True
    """False where a text may say nothing of the sheet: slogans are free to play."""

    def lengths(self, text: str) -> list[tuple[Part, int, int]]:
        """Return (part, its length, the most that is allowed) of each part of `text`."""
        first, _, rest = text.strip().partition("\n")
        split = [first.strip(), rest.strip()] if len(self.parts) == 2 else [text.strip()]
        return [
            (part, *self._counted(text.strip() if part.whole else said, part.most))
            for part, said in zip(self.parts, split, strict=True)
        ]

    def _counted(self, text: str, most: int) -> tuple[int, int]:
        if self.counted == "words":
            return len(text.split()), most
        if self.counted == "septets":
            return message_length(text)
        return len(text), most


def message_length(text: str) -> tuple[int, int]:
    """Return the length of an SMS as networks count it, and what two joined parts hold.

    >>> message_length("For 5 €"), message_length("Чай")
    ((8, 306), (3, 134))
    """
    if set(text) <= GSM | DOUBLE:
        return len(text) + sum(char in DOUBLE for char in text), 306
    return len(text.encode("utf-16-le")) // 2, 134


def whole(least: int, most: int) -> tuple[Part, ...]:
    """Return the only part of a text that has no headline."""
    return (Part("text", least, most),)


FORMS = {
    "post": Form(whole(120, 500)),
    "email": Form((Part("subject", 1, 78), Part("text", 300, 900))),
    "banner": Form((Part("headline", 1, 30), Part("text", 1, 90)), sentences=False),
    "sms": Form(whole(1, 306), counted="septets", sentences=False),
    "landing": Form((Part("headline", 1, 80), Part("text", 400, 1200, whole=True))),
    "slogan": Form(whole(2, 8), counted="words", sentences=False, facts=False),
    "ad": Form(whole(40, 200)),
}
"""Channel → its form; a new channel is a row."""
