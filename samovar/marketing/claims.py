"""Check a text against its sheet: what it says must stand there.

Not covered: facts that are joined wrongly ("240 parts of 0.2 mm"), and claims in words that the
tables of words.py do not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samovar.language import detect
from samovar.marketing.brief import CHANNELS, Sheet
from samovar.marketing.words import CLAIMS, NUMBER_WORDS, UNITS, WORD, stems
from samovar.records import Reason

SHEET = "sheet"
"""Threshold of the checks whose limit is what the sheet says."""
NUMBER = re.compile(
    r"(?P<before>[$€₽]|\b(?:EUR|USD|RUB)\b)?\s?"
    r"(?<![\w.,])(?P<number>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)*)"
    r"(?:[ \u00a0-]?(?P<after>[^\W\d_]+|[%°€$₽]))?",
    re.IGNORECASE,
)
HOLE = re.compile(r"\[[^\]]*\]|\{[^}]*\}|<[^>]*>|https?://\S+|www\.\S+|\S+@\S+\.\w+|_{3,}")
SENTENCE = re.compile(r"[^.!?…]*(?:[.!?…]+(?!\s|$)[^.!?…]*)*[.!?…]*")
ABBREVIATION = re.compile(r"(?:\b(?:No|Mr|Mrs|Dr|St|vs|e\.g|i\.e|г|руб|тыс)|\b[A-ZА-Я])\.$")
OVERLAP = 0.6
"""Share of a forbidden claim's words that a sentence may not reach."""
LONG_SENTENCE = 4
"""Content words from which a sentence must share one with the sheet."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold a number and its unit ("" when none of the table follows or precedes it)."""

    value: float
    unit: str
    shown: str


def problems(text: str, sheet: Sheet, channel: str) -> tuple[Reason, ...]:
    """Return what is wrong with `text`; nothing when it may be published as far as checks go."""
    limit = CHANNELS[channel].limit
    found = [Reason("length", len(text), limit)] if len(text) > limit else []
    if sheet.name.lower() not in text.lower():
        found.append(Reason("name", "—", sheet.name))
    if detect(text) not in (sheet.language, None):
        found.append(Reason("language", detect(text) or "—", sheet.language))
    for sentence in sentences(text):
        found += unsupported(sentence, sheet)
    return tuple(dict.fromkeys(found))


def unsupported(sentence: str, sheet: Sheet) -> list[Reason]:
    """Return what `sentence` says and the sheet does not, or forbids."""
    checks = (_holes, _numbers, _claims, _forbidden, _foreign)
    return [reason for check in checks for reason in check(sentence, sheet)]


def sentences(text: str) -> list[str]:
    """Split `text` into sentences.

    >>> sentences("Marrowhill No. 6 is here. It costs EUR 11.50!")
    ['Marrowhill No. 6 is here.', 'It costs EUR 11.50!']
    """
    whole: list[str] = []
    for part in (match.strip() for match in SENTENCE.findall(text)):
        if part and whole and ABBREVIATION.search(whole[-1]):
            whole[-1] += f" {part}"
        elif part:
            whole.append(part)
    return whole


def quantities(text: str) -> list[Quantity]:
    """Return the numbers of `text`, in digits or words, with their units.

    >>> [(q.value, q.unit) for q in quantities("EUR 1,200 and two 250-gram bags")]
    [(1200.0, 'euro'), (250.0, 'gram'), (2, '')]
    """
    digits = []
    for match in NUMBER.finditer(text):
        unit = UNITS.get((match["before"] or match["after"] or "").lower(), "")
        digits.append(Quantity(_value(match["number"]), unit, match[0].strip()))
    words = [w for w in WORD.findall(text.lower()) if w in NUMBER_WORDS]
    return digits + [Quantity(NUMBER_WORDS[word], "", word) for word in words]


def _value(number: str) -> float:
    plain = re.sub(r"[\u00a0\u202f ]", "", number)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        return float(plain.replace(",", "."))
    except ValueError:  # 2.10.24: a date or a version, equal to nothing on a sheet
        return float("nan")


def _holes(sentence: str, sheet: Sheet) -> Iterator[Reason]:
    for match in HOLE.finditer(sentence):
        if match[0] not in sheet.claims:
            yield Reason("placeholder", match[0], SHEET)


def _numbers(sentence: str, sheet: Sheet) -> Iterator[Reason]:
    allowed = quantities(sheet.claims)
    for one in quantities(sentence):
        same = [other for other in allowed if other.value == one.value]
        if not same or (one.unit and one.unit not in {other.unit for other in same}):
            yield Reason("number", one.shown, SHEET)


def _claims(sentence: str, sheet: Sheet) -> Iterator[Reason]:
    stated = sheet.claims.lower()
    for match in CLAIMS[sheet.language].finditer(sentence):
        if not re.search(rf"\b{re.escape(match[0].lower())}\b", stated):
            yield Reason("claim", match[0], SHEET)


def _forbidden(sentence: str, sheet: Sheet) -> Iterator[Reason]:
    said = set(stems(sentence, sheet.language))
    for claim in sheet.forbidden:
        words = set(stems(claim, sheet.language))
        if words and len(words & said) >= OVERLAP * len(words):
            yield Reason("forbidden", claim, SHEET)


def _foreign(sentence: str, sheet: Sheet) -> Iterator[Reason]:
    said = stems(sentence, sheet.language)
    if len(said) >= LONG_SENTENCE and not set(said) & set(stems(sheet.claims, sheet.language)):
        yield Reason("unsupported", sentence, SHEET)
