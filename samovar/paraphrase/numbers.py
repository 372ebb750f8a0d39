"""Numbers of a text, whether in figures or in words."""

from __future__ import annotations

import re
from collections import Counter

from text_to_num import alpha2digit

from samovar.paraphrase import numbers_ru
from samovar.phrases import Language

NUMBER = re.compile(r"\d+(?:[.,:/\-]\d+)*")
FRACTIONS_EN = {"quarter": "1/4", "half": "1/2", "dozen": "12", "couple": "2", "both": "2"}
ONCE_EN = {"once": "1x", "twice": "2x"}
ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")


def numbers(text: str, language: Language) -> Counter[str]:
    """Return every number of `text`, written in figures, with how often it occurs.

    >>> sorted(numbers("two tickets for 25 dollars at half past six", "en"))
    ['1/2', '2', '25', '6']
    """
    if language == "ru":
        return numbers_ru.numbers(text)
    text = ORDINAL.sub(r"\1", alpha2digit(text, "en", threshold=0))
    named = {**FRACTIONS_EN, **ONCE_EN}
    found = [match.group().replace(",", "") for match in NUMBER.finditer(text)]
    found += [named[word] for word in re.findall(r"\w+", text.lower()) if word in named]
    return Counter(re.sub(r"[:.]00$", "", number) for number in found)
