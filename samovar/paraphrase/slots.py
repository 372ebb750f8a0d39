"""What a paraphrase must keep word for word: marked slots, names, codes, quoted words.

Slots are marked as Rasa does: `a table in [Porto](city)`; the model sees the plain text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from samovar.paraphrase.names_ru import called, stands_in
from samovar.paraphrase.words import words
from samovar.phrases import Language
from samovar.records import Span

MARK = re.compile(r"\[([^\]\n]+)\] ?\(([\w.\-]+)\)")
QUOTED = re.compile(r"[\"“«]([^\"”»\n]+)[\"”»]")
CODE = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])[\w\-]+\b|\S+@\S+\.\w+")
WORD = re.compile(r"[^\W\d_][\w'’\-]*")
MEASURES = frozenset("DATE TIME CARDINAL ORDINAL QUANTITY MONEY PERCENT".split())
"""spaCy's labels of what may be said otherwise ("twenty minutes", "20 minutes"): the checks of numbers
and of words see to these."""
SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+|[\"“«])\W*$")


def unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return the plain text and its marked slots.

    >>> unmarked("to [Porto](city) now")
    ('to Porto now', (Span(start=3, end=8, label='city', text='Porto'),))
    """
    parts, spans, at, length = [], [], 0, 0
    for match in MARK.finditer(text):
        before, value = text[at : match.start()], match.group(1)
        start = length + len(before)
        spans.append(Span(start, start + len(value), match.group(2), value))
        parts += [before, value]
        at, length = match.end(), start + len(value)
    return "".join([*parts, text[at:]]), tuple(spans)


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


def marked(text: str, slots: Sequence[Span]) -> str:
    """Return `text` with the slots' values marked again, for Rasa."""
    for slot in slots:
        pattern = re.compile(rf"(?<![\w\[]){re.escape(slot.text)}(?![\w\]])", re.I)
        text = pattern.sub(rf"[\g<0>]({slot.label})", text, count=1)
    return text
