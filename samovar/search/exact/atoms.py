"""A text as atoms, letters and digits apart: E-4471, e4471 and E 4471 are the same two of them.

What stands between atoms says where a code ends: `v2.1` is no part of `v2.10`, nor TX-40 of TX-40S.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from samovar.morphology import flat
from samovar.search.passages.words import terms

ATOM = re.compile(
    r"(?P<digits>(?<!\d)\d{1,3}(?:[ \u00a0\u202f,]\d{3})+(?!\d)|\d+)"  # 12 480 and 1,499 are one number
    r"|(?P<letters>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:\+\+|#)?)"  # C++ and F# are not C and F
)
VERSION = re.compile(r"(?<!\w)[vв](?=\d+\.\d)", re.IGNORECASE)
"""v2.1 is version 2.1."""
ENDING = re.compile(
    r"(?:-?(?:го|му|й|ый|ая|ое|ые|ых|х|м|ми|е|я|ю|ой|ом)|['’]?s|st|nd|rd|th|:(?:19|20)\d\d)(?![\w-])"
)
"""What may follow a number that stands alone and leave it as it is: 1928-го, 1960s, ISO 9001:2015."""
JOINERS = re.compile(r"[-‐‑_./\\:@,'’+&№#]{1,2}|\)|\(")
"""What holds the atoms of one code together, where no space stands between them."""
LIKE = str.maketrans("авекмнорстух", "abekmhopctyx")
"""Cyrillic letters that look like Latin ones: which of them a code has, nobody sees."""
WORD = 4
"""Letters of a word that is known in every form of it; shorter ones are letters of a code."""
YEAR = 4


@dataclass(frozen=True, slots=True)
class Atom:
    """Hold one run of letters or digits at `start:end` of a text, and how it goes on from the last."""

    start: int
    end: int
    form: str
    """Without case, accents of composition, ё, or spaces in a number."""
    joined: bool
    """Nothing, or a mark of a code and no space, stands between it and the atom before."""
    glued: bool = False
    """Nothing stands between."""

    @property
    def number(self) -> bool:
        """Tell whether it is digits."""
        return self.form.isdigit()


@lru_cache(maxsize=4096)
def atoms(text: str) -> tuple[Atom, ...]:
    """Return the atoms of `text`.

    >>> [one.form for one in atoms("Press TX-40S: 12 480 RUB in 1928-го")]
    ['press', 'tx', '40', 's', '12480', 'rub', 'in', '1928']
    """
    found: list[Atom] = []
    at = 0
    while match := ATOM.search(text, at):
        start, at = match.span()
        if VERSION.match(text, start):
            match = ATOM.match(text, at) or match
            at = match.end()
        gap = text[found[-1].end : start] if found else " "
        glued = bool(found) and not gap
        joined = glued or bool(JOINERS.fullmatch(gap))
        if match["digits"]:
            form = re.sub(r"\D", "", match["digits"])
            ending = None if joined else ENDING.match(text, at)
            at = ending.end() if ending else at
            joined = joined and not _range(found, form, gap)
        else:
            form = flat(unicodedata.normalize("NFC", match["letters"]).casefold())
        found.append(Atom(start, at, form, joined, glued))
    return tuple(found)


def _range(before: Sequence[Atom], form: str, gap: str) -> bool:
    """Tell whether this is the end of a range of years: 1914-1918 holds both."""
    last = before[-1]
    years = last.number and len(last.form) == len(form) == YEAR
    return years and gap == "-" and not last.joined


def same(one: str, other: str, *, inflected: bool) -> bool:
    """Tell whether two forms are the same letters or digits, or, when `inflected`, the same word."""
    if one == other:
        return True
    if one.isdigit() or other.isdigit():
        return False
    if len(one) < WORD and len(one) == len(other):
        return one.translate(LIKE) == other.translate(LIKE)
    if not inflected or min(len(one), len(other)) < WORD:
        return False
    return bool(terms(one)) and terms(one) == terms(other)
