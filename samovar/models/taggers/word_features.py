"""What a CRF sees of a word, for English and Russian; training and serving both take it from here.

Russian words bring their dictionary entry (pymorphy3): the lemma, the part of speech, and whether
the dictionary knows them as a first name, a surname, a patronymic, a place or an organization.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from samovar.models.taggers.words import Word
from samovar.morphology import analyzer, flat

KINDS = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr")
"""Grammemes of OpenCorpora that tell of names."""
TITLES = frozenset(
    "mr mrs ms dr prof sir lord lady king queen president minister secretary senator judge coach "
    "captain general chairman director manager spokesman spokeswoman г-н г-жа президент премьер "
    "министр директор глава депутат генерал профессор академик писатель режиссёр тренер".split()
)
COMPANY = frozenset(
    "inc corp co ltd plc ag sa nv gmbh llc group bank university institute ministry party union "
    "ооо оао зао пао ао банк компания университет институт министерство партия завод".split()
)
WIDTH = 2
"""Words on each side that a word sees."""


def rows(words: Sequence[Word], language: str) -> list[list[str]]:
    """Return the features of each word of one sentence, as `name=value`."""
    own = [_own(word.text, language) for word in words]
    shapes = [shape(word.text) for word in words]
    loud = sum(word.text.isupper() for word in words) > len(words) * 0.6
    quoted = _quoted(words)
    table = []
    for at, word in enumerate(words):
        row = [f"0:{name}" for name in own[at]]
        row += _around(at, own, shapes)
        row.append("first" if at == 0 else "inner")
        if at and words[at - 1].end == word.start:
            row.append("glued")
        if loud:
            row.append(f"loud {shapes[at]}")
        if quoted[at]:
            row.append(f"quoted {shapes[at][:1]}")
        table.append(row)
    return table


def shape(word: str) -> str:
    """Return the kind of each letter, repeated ones once: McDonald is XxXx, 2.5 is 0.0."""
    kinds = ""
    for letter in word:
        kind = "X" if letter.isupper() else "x" if letter.isalpha() else letter
        kind = "0" if letter.isdigit() else kind
        kinds += kind if not kinds.endswith(kind) else ""
    return kinds


def _around(at: int, own: Sequence[Sequence[str]], shapes: Sequence[str]) -> list[str]:
    """Return what the neighbours tell, and pairs of words and shapes."""
    row = []
    for step in range(-WIDTH, WIDTH + 1):
        place = at + step
        if step and 0 <= place < len(own):
            row += [f"{step}:{name}" for name in own[place] if name[0] in "wslkt"]
        elif step:
            row.append(f"{step}:none")
    low, high = max(0, at - 1), min(len(own), at + 2)
    row.append(f"shapes {' '.join(shapes[low:high])} {at - low}")
    row += [f"pair{low - at} {' '.join(words[0] for words in own[low : at + 1])}"] if at else []
    row += [f"next {' '.join(words[0] for words in own[at:high])}"] if high > at + 1 else []
    return row


@lru_cache(maxsize=100_000)
def _own(word: str, language: str) -> tuple[str, ...]:
    """Return what a word tells of itself, the word in lower case first."""
    low = word.lower()
    features = [f"w={low}", f"s={shape(word)}"]
    if word[:1].isalpha():
        features += [f"p{n}={low[:n]}" for n in (1, 2, 3, 4) if len(low) > n]
        features += [f"e{n}={low[-n:]}" for n in (1, 2, 3, 4) if len(low) > n]
        features.append(f"n={min(len(word), 10)}")
    if low in TITLES:
        features.append("t=title")
    if low in COMPANY:
        features.append("t=company")
    return (*features, *(_dictionary(word) if language == "ru" else ()))


def _dictionary(word: str) -> list[str]:
    parses = analyzer().parse(word)[:3]
    if not parses or not word[:1].isalpha():
        return []
    kinds = {kind for parse in parses for kind in KINDS if kind in parse.tag}
    first = parses[0]
    known = first.is_known
    return [
        f"l={first.normal_form}",
        f"k={first.tag.POS} {first.tag.case} {known}",
        *(f"k={kind}" for kind in sorted(kinds)),
    ]


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> frozenset[str]:
    """Return every dictionary form that a Russian word may have, ё written as е.

    >>> "тверь" in lemmas("Твери")
    True
    """
    return frozenset(flat(parse.normal_form) for parse in analyzer().parse(word))


def _quoted(words: Sequence[Word]) -> list[bool]:
    """Tell which words stand inside «» or between two straight quotation marks."""
    quoted, inside = [], False
    for word in words:
        if word.text in "»”" or (word.text == '"' and inside):
            inside = False
        quoted.append(inside)
        if word.text in "«“" or (word.text == '"' and not quoted[-1]):
            inside = True
    return quoted
