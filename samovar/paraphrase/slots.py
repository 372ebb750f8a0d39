"""What a paraphrase must keep word for word: marked slots, names, codes, quoted words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samovar.paraphrase.names_ru import called, stands_in
from samovar.paraphrase.words import words
from samovar.phrases import Language
from samovar.records import Span

QUOTED = re.compile(r"[\"“«]([^\"”»\n]+)[\"”»]")
CODE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])[\w\-]+\b|\S+@\S+\.\w+")
WORD = re.compile(r"[^\W\d_][\w'’\-]*")
MEASURES = frozenset("DATE TIME CARDINAL ORDINAL QUANTITY MONEY PERCENT".split())
"""spaCy's labels of what may be said otherwise ("twenty minutes", "20 minutes"): the checks of numbers
and of words see to these."""
SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+|[\"“«])\W*$")


def kept(text: str, slots: Sequence[Span], names: Sequence[Span] = ()) -> tuple[str, ...]:
    """Return what a paraphrase of `text` must keep: slot values, found names, codes and quotations."""
    found = [slot.text for slot in slots]
    found += [called(name.text) for name in names if name.label not in MEASURES]
    found += [match.group(1) for match in QUOTED.finditer(text)]
    found += [match.group() for match in CODE.finditer(text)]
    found += [word for word in _capitalised(text) if not any(word in other for other in found)]
    return tuple(dict.fromkeys(name for name in found if name))


def lost(kept: Sequence[str], text: str, language: Language) -> list[str]:
    """Return which of the `kept` are missing in `text`; Russian names may stand in another case.

    >>> lost(["Лене", "DP 217"], "перевод для Лены", "ru"), lost(["Tom", "Ann"], "Tom's desk", "en")
    (['DP 217'], ['Ann'])
    """
    if language == "ru":
        return [name for name in kept if not stands_in(name, text)]
    there = f" {' '.join(words(text))} "
    return [
        name
        for name in kept
        if f" {' '.join(words(name))} " not in there
        and not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I)
    ]


def _capitalised(text: str) -> list[str]:
    """Return words that begin with a capital letter inside a sentence ("I" does not count)."""
    return [
        match.group().removesuffix("'s").removesuffix("’s")
        for match in WORD.finditer(text)
        if match.group()[0].isupper()
        and not re.fullmatch(r"I(?:['’]\w+)?", match.group())
        and not SENTENCE_START.search(text[: match.start()])
    ]
