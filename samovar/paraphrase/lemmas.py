"""Readings and dictionary forms of Russian words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from samovar.morphology import analyzer, flat
from samovar.paraphrase.words import words

LIKELY = 0.1
"""Readings of a word rarer than this are left out, unless all are."""
WHOLE = re.compile(r"[а-яё]+(?:-[а-яё]+)*")


@cache
def readings(word: str) -> tuple[Any, ...]:
    """Return the likely readings of a lower-case word, the likeliest first."""
    found = tuple(analyzer().parse(word))
    return tuple(one for one in found if one.score >= LIKELY) or found[:2]


@cache
def lemmas(word: str) -> frozenset[str]:
    """Return the dictionary forms that a lower-case word may have; ё is written е.

    >>> sorted(lemmas("стоит"))
    ['стоить', 'стоять']
    """
    if not WHOLE.fullmatch(word):
        return frozenset({word})
    return frozenset(flat(one.normal_form) for one in readings(word))


@cache
def lemma(word: str) -> str:
    """Return the likeliest dictionary form; ё is written е."""
    return flat(readings(word)[0].normal_form) if WHOLE.fullmatch(word) else word


@cache
def all_lemmas(word: str) -> frozenset[str]:
    """Return every dictionary form that a word may have, rare ones too (names are rare readings)."""
    if not WHOLE.fullmatch(word):
        return frozenset({word})
    return frozenset(flat(one.normal_form) for one in analyzer().parse(word))


@cache
def said_lemmas(text: str) -> frozenset[str]:
    """Return every dictionary form of every word of a text."""
    return frozenset().union(*(lemmas(word) for word in words(text)))
