"""Capitals for texts written without them, and small letters for texts in capitals only.

Taggers learn from edited texts, where a capital is the best sign of a name: without it, or with nothing
else, they find a fraction. Each word gets the form that it is mostly written in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samovar.models.taggers.words import sentences
from samovar.morphology import analyzer

WORD = re.compile(r"[^\W\d_]+")
KINDS = ("Name", "Surn", "Patr", "Geox")
"""Grammemes of OpenCorpora: a word of these is a name, whatever the vocabulary says of its form."""
SURE = 1.0
"""Log-odds of a capital against a small letter from which a word is a name on its own."""
BESIDE = -1.0
"""The same beside a word that has a capital: "tim" becomes "Tim" in front of "Cook"."""
DICTIONARY = 4.0
"""Added to the log-odds of a word that the Russian dictionary lists as a name. These three were chosen on
training parts of WikiNEuRal and WNUT-17 in small letters, by the strict F1 of four taggers."""
SHORT = 5
"""Letters of the longest word that is written in capitals, as NATO is."""
SHOUTED = 2
"""Words of two letters and more that make a sentence in capitals a shouted one, not an abbreviation."""
LogProbability = Callable[[str], float]


@dataclass(slots=True)
class _Word:
    """Hold one word, its place and how it is written best so far."""

    start: int
    end: int
    low: str
    odds: float
    form: str
    common: bool = False
    """Whether the dictionary knows it, and as no name: it is none beside a name either."""


def uncased(text: str) -> bool:
    """Tell whether the letters of `text`, or of one of its sentences, say nothing of names.

    >>> uncased("angela visited paris"), uncased("Angela visited Paris"), uncased("He said: GO AWAY!")
    (True, False, False)
    """
    return _small(text) or any(_shouted(text[a:b]) for a, b in _sentences(text))


def recased(text: str, likely: LogProbability, *, shouted: bool = True) -> str:
    """Return `text` with the letters that its words mostly have; its length stays.

    A text without a capital changes as a whole, otherwise the sentences that have nothing else do,
    unless `shouted` is False.
    """
    letters = list(text)
    whole = _small(text)
    for start, end in _sentences(text):
        if whole or (shouted and _shouted(text[start:end])):
            for word in _written(text[start:end], likely):
                letters[start + word.start : start + word.end] = word.form
    return "".join(letters)


def _small(text: str) -> bool:
    return not any(letter.isupper() for letter in text)


def _shouted(sentence: str) -> bool:
    words = [word for word in WORD.findall(sentence) if len(word) > 1]
    return len(words) >= SHOUTED and not any(letter.islower() for letter in sentence)


def _sentences(text: str) -> list[tuple[int, int]]:
    return [(words[0].start, words[-1].end) for words in sentences(text)]


def _written(sentence: str, likely: LogProbability) -> list[_Word]:
    """Return the words of a sentence with their forms; the first has a capital in any case."""
    words = [_word(match, likely) for match in WORD.finditer(sentence)]
    words = [word for word in words if len(word.form) == word.end - word.start]
    for _ in range(2):  # a name of three words grows from both sides
        for at, word in enumerate(words):
            drawn = word.form == word.low and word.odds > BESIDE and not word.common
            if drawn and _beside_a_name(words, at, sentence):
                word.form = word.low.capitalize()
    if words and words[0].form == words[0].low:
        words[0].form = words[0].low.capitalize()
    return words


def _word(match: re.Match[str], likely: LogProbability) -> _Word:
    low = match[0].lower()
    capital, loud = low.capitalize(), low.upper()
    if not len(low) == len(capital) == len(loud):  # ß and its like
        return _Word(match.start(), match.end(), match[0], 0.0, match[0])
    small = likely(low)
    name, common = _listed(low)
    odds = likely(capital) - small + (DICTIONARY if name else 0.0)
    form = capital if odds > SURE else low
    if 1 < len(low) <= SHORT and likely(loud) - small > max(odds, 0.0):
        form = loud
    return _Word(match.start(), match.end(), low, odds, form, common)


def _beside_a_name(words: Sequence[_Word], at: int, sentence: str) -> bool:
    """Tell whether one blank or hyphen parts a word from one with a capital."""
    pairs = [(at - 1, at), (at, at + 1)]
    return any(
        sentence[words[left].end : words[right].start] in (" ", "-")
        and words[other].form != words[other].low
        for left, right in pairs
        if left >= 0 and right < len(words)
        for other in (left + right - at,)
    )


def _listed(word: str) -> tuple[bool, bool]:
    """Tell whether the Russian dictionary knows `word` first of all as a name, and whether as none."""
    parses = [parse for parse in analyzer().parse(word) if parse.is_known]
    names = [any(kind in parse.tag for kind in KINDS) for parse in parses]
    return bool(names) and names[0], bool(names) and not any(names)
