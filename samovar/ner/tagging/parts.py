"""A text in two languages, cut into parts of one language."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from samovar.language import SCRIPTS, detect, scripts
from samovar.models.taggers.words import sentences
from samovar.phrases import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Part:
    """Hold where a part begins and ends, and its language."""

    start: int
    end: int
    language: Language


def parts(text: str, language: Language) -> list[Part]:
    """Return `text` as parts that follow each other without a gap; most texts are one.

    Only a text with Latin and Cyrillic letters is looked at by sentence; a sentence whose letters
    tell nothing goes with the one before it, and with `language` when it is the first.

    >>> [(p.start, p.language) for p in parts("Ann left. Маша осталась.", "en")]
    [(0, 'en'), (10, 'ru')]
    """
    if len(_letters(text)) < len(SCRIPTS):
        return [Part(0, len(text), language)]
    found: list[Part] = []
    for words in sentences(text):
        start, end = words[0].start, words[-1].end
        before = found[-1].language if found else language
        own = _language(text[start:end]) or before
        if found and own == before:
            found[-1] = Part(found[-1].start, end, own)
        else:
            found.append(Part(start, end, own))
    borders = [0, *(part.start for part in found[1:]), len(text)]
    languages = [part.language for part in found]
    bounds = zip(pairwise(borders), languages, strict=True)
    return [Part(start, end, own) for (start, end), own in bounds]


def languages(text: str, language: Language) -> tuple[Language, ...]:
    """Return the languages of the parts of `text`, `language` among them, in the page's order."""
    there = {part.language for part in parts(text, language)} | {language}
    return tuple(name for name in LANGUAGES if name in there)


def _language(sentence: str) -> Language | None:
    return detect(sentence) if _letters(sentence) else None


def _letters(text: str) -> set[str]:
    return set(scripts(text)) & set(SCRIPTS)
