"""Words, numbers and sentences of a text, in the form in which they are compared with a sheet."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?")
NUMBER = re.compile(r"\d+(?:[,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
UNIT = re.compile(r"[\s-]*([^\W\d_]+|%)")
BETWEEN = re.compile(r"(?<=[.!?…])(?<!\bNo\.)\s+|\n+")
NUMERALS = {
    word: value
    for value, written in {
        2: "two twice два две",
        3: "three три",
        4: "four четыре",
        5: "five пять",
        6: "six шесть",
        7: "seven семь",
        8: "eight восемь",
        9: "nine девять",
        10: "ten десять",
        12: "twelve",
        20: "twenty двадцать",
        100: "hundred сто",
        1000: "thousand тысяча",
    }.items()
    for word in written.split()
}
"""Numerals in words; "one" is left out because it is rarely a number."""
STOP = frozenset(
    "a an and are as at be been by can could do does for from had has have he her his i if in into "
    "is it its may more my of on or our out per she so than that the their them then there these they "
    "this to up us was we were what when where which who will with would you your "
    "а без бы в во вам вас вы для до ее её ей же за и из или им их к как ко мы на нас не него о об "
    "он она они от по под при с со так также то у уже что чтобы это этот эта".split()
)
"""Words that say nothing of a product; quantifiers (all, no, never, every) are not among them."""


SHORT, LONG = 3, 5
"""Letters by which two stems are of one family."""


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text` in order, words that say nothing left out.

    >>> stems("All failures are predicted")
    ['all', 'failur', 'predict']
    """
    import Stemmer  # its objects are cheap to make and not safe to share between threads

    english, russian = Stemmer.Stemmer("english"), Stemmer.Stemmer("russian")
    stemmed = []
    for word in WORD.findall(text.lower().replace("ё", "е")):
        if word not in STOP:
            stemmed.append((russian if "а" <= word[0] <= "я" else english).stemWord(word))
    return stemmed


ABBREVIATED = dict(
    pair.split("=")
    for pair in (
        "пн=понедельник вт=вторник ср=среда чт=четверг пт=пятница сб=суббота вс=воскресенье мес=месяц "
        "шт=штука m²=metre м²=метр mon=monday tue=tuesday thu=thursday fri=friday"
    ).split()
)
"""Words written short → whole, where no other word is written so."""


def family(one: str, other: str) -> bool:
    """Tell whether two stems are of one family: «год», «годов»."""
    short = min(len(one), len(other), LONG)
    return one == other or (short >= SHORT and one[:short] == other[:short])


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; a dot inside a number or name ends none.

    >>> sentences("It holds 1.5 litres. Buy it!")
    ['It holds 1.5 litres.', 'Buy it!']
    """
    return [found.strip() for found in BETWEEN.split(text) if found.strip()]


def numbers(text: str) -> list[tuple[str, str]]:
    """Return each number of `text` as (value, stem of the word after it).

    >>> numbers("EUR 1,200 per line, 4.50 litres")
    [('1200', 'per'), ('4.5', 'litr')]
    """
    import Stemmer

    stem = Stemmer.Stemmer("english").stemWord
    pairs = []
    for number in NUMBER.finditer(text):
        unit = UNIT.match(text, number.end())
        word = "percent" if unit and unit[1] == "%" else unit[1].lower() if unit else ""
        pairs.append((_value(number[0]), stem(word)))
    words = re.findall(r"[^\W\d_]+", text.lower())
    for at, word in enumerate(words):
        if word in NUMERALS:
            pairs.append((str(NUMERALS[word]), stem(words[at + 1]) if at + 1 < len(words) else ""))
    return pairs


def _value(written: str) -> str:
    plain = re.sub(r"[,\u00a0\u202f ](?=\d{3}(?!\d))", "", written).replace(",", ".")
    return f"{float(plain):g}" if len(plain) < 15 else plain
