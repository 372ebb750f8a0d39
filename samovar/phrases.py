"""Texts that a person reads, in every language of the page.

A phrase stands beside the code that says it; the language is chosen when it is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["en", "ru"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one text in English and Russian; `{name}` is filled in when it is said.

    >>> Phrase("{n:,} texts", "Текстов: {n:,}").say("en", n=30_000)
    '30,000 texts'
    """

    en: str
    ru: str

    def say(self, language: Language, **values: object) -> str:
        """Return the text in `language`; phrases among `values` are said in it too."""
        said = {k: _said(v, language) for k, v in values.items()}
        template = self.ru if language == "ru" else self.en
        return template.format(**said) if said else template

    def filled(self, **values: object) -> Phrase:
        """Return the phrase with `values` filled in, in every language."""
        return Phrase(self.say("en", **values), self.say("ru", **values))


def joined(*phrases: Phrase) -> Phrase:
    """Return sentences that follow each other as one phrase."""
    return Phrase(" ".join(one.en for one in phrases), " ".join(one.ru for one in phrases))


NOTHING = Phrase("", "")


class _Spaced(int):
    """Write thousands as Russian does, with a space that no line breaks at: 30 000."""

    def __format__(self, form: str) -> str:
        return super().__format__(form).replace(",", "\u00a0")


NUMBERS: dict[Language, type[int]] = {"en": int, "ru": _Spaced}


def _said(value: object, language: Language) -> object:
    if isinstance(value, Phrase):
        return value.say(language)
    return NUMBERS[language](value) if type(value) is int else value
