"""Dictionary forms of Russian words by pymorphy3 (OpenCorpora dictionary, MIT).

Natasha's own morphology is not used: its pymorphy2 calls `inspect.getargspec`, which Python 3.11 removed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from samovar.paraphrase.words import words

LIKELY = 0.1
"""Readings of a word rarer than this are left out, unless all are."""
WHOLE = re.compile(r"[а-яё]+(?:-[а-яё]+)*")


@cache
def analyzer() -> Any:
    """Load the dictionary once: 0.2 s and 15 MB."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


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


def flat(word: str) -> str:
    """Return `word` with е for ё, as most people type."""
    return word.replace("ё", "е")


def is_name_of(name: str, text: str) -> bool:
    """Tell whether every word of `name` stands in `text`, in any case: Лене is Лена.

    >>> is_name_of("Лене", "перевод для Лены"), is_name_of("Лене", "перевод для Лёвы")
    (True, False)
    """
    there = words(text)
    return all(any(_same(part, other) for other in there) for part in words(name))


def _same(first: str, second: str) -> bool:
    if first == second or all_lemmas(first) & all_lemmas(second):
        return True
    # names that the dictionary lacks (Хельга): all but the ending must agree
    known = analyzer().word_is_known(first) and analyzer().word_is_known(second)
    start = min(len(first), len(second)) - 1
    return (
        not known
        and start > 2
        and abs(len(first) - len(second)) <= 2
        and first[:start] == second[:start]
    )


@cache
def all_lemmas(word: str) -> frozenset[str]:
    """Return every dictionary form that a word may have, rare ones too (names are rare readings)."""
    if not WHOLE.fullmatch(word):
        return frozenset({word})
    return frozenset(flat(one.normal_form) for one in analyzer().parse(word))
