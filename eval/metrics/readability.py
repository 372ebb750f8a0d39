"""How easily a text reads: Flesch's reading ease, with Oborneva's constants for Russian."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samovar.phrases import Language

SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Scale:
    """Hold the constants of one language: start - words · words a sentence - syllables · syllables a word."""

    start: float
    words: float
    syllables: float
    count: Callable[[str], int]
    """Returns the syllables of a word."""


def english(word: str) -> int:
    """Return the syllables of an English word: groups of vowels, without a mute e at the end.

    >>> [english(word) for word in ("tea", "kettle", "table", "water", "make")]
    [1, 2, 2, 2, 1]
    """
    lower = word.lower()
    groups = len(re.findall(r"[aeiouy]+", lower))
    mute = lower.endswith("e") and not re.search(r"[^aeiouy]le$|[aeiouy]e$", lower)
    return max(1, groups - mute)


def russian(word: str) -> int:
    """Return the syllables of a Russian word: its vowels."""
    return max(1, len(re.findall("[аеёиоуыэюя]", word.lower())))


SCALES: Mapping[Language, Scale] = {
    "en": Scale(206.835, 1.015, 84.6, english),
    "ru": Scale(206.835, 1.3, 60.1, russian),
}
"""Flesch 1948, https://doi.org/10.1037/h0057532; Oborneva 2006 for Russian."""


def reading_ease(text: str, language: Language) -> float:
    """Return the reading ease of `text`: 60 to 70 is plain, higher is easier; 0 words give 0.

    Numbers are no words: how they are read aloud differs.
    """
    scale = SCALES[language]
    words = WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(bool(WORD.search(part)) for part in SENTENCE.split(text))
    syllables = sum(scale.count(word) for word in words)
    longer = scale.words * len(words) / max(1, sentences)
    return scale.start - longer - scale.syllables * syllables / len(words)
