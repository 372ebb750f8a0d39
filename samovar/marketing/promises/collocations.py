"""Promises of two words that stand in one clause in any order: "the fee comes back", «расходы падают»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from samovar.phrases import Language


@dataclass(frozen=True, slots=True)
class Collocation:
    """Hold two sets of lemmas that make a promise of one kind together."""

    kind: str
    words: re.Pattern[str]
    others: re.Pattern[str]


def pair(kind: str, words: str, others: str) -> Collocation:
    """Return the collocation of two alternatives of lemmas."""
    return Collocation(kind, re.compile(words), re.compile(others))


MONEY = {
    "en": r"money|cash|euro|eur|pound|gbp|dollar|usd|franc|chf|cent|fee|price|cost|sum|premium|payment",
    "ru": r"деньг[аи]|рубль|плата|оплата|сумма|стоимость|взнос|убыток|₽",
}
COLLOCATIONS: Mapping[Language, tuple[Collocation, ...]] = {
    "en": (
        pair(
            "financial",
            "cut|low|lower|reduce|halve|shrink|trim|slash|decrease|drop|fall|sink|climb|rise",
            "costs?|bill|expense|budget|spending|salary|wage",
        ),
        pair("financial", "save|spare|earn|recover|recoup", rf"{MONEY['en']}|bill|investment|post"),
        pair("guarantee", "back|refund|return", rf"{MONEY['en']}|pay|month"),
        pair("guarantee", "replace|repair|mend|exchange", "year|decade|winter|lifetime"),
        pair("guarantee", "answer|stand", "defect|fault"),
        pair("medical", "sick|ill", "less|rarely|never|seldom|call|fall"),
        pair("medical", "blood|brain|stomach", "need|thank|down|going"),
    ),
    "ru": (
        pair(
            "financial",
            r"сни[зж]\w+|сокра[тщ]\w+|умень\w+|пада\w+|упасть|уреза\w+|та[ея]\w+",
            r"расход\w*|затрат\w*|издержк\w+|бюджет|счет|трат\w+",
        ),
        pair("financial", r"вернуть|возвра\w+|отби\w+|окуп\w+", "цена|стоимость|лицензия|вложение"),
        pair(
            "financial",
            r"сбере\w+|эконом\w+|сохран\w+|заработ\w+|отклад\w+",
            "деньг[аи]|рубль|бюджет|тысяча",
        ),
        pair("guarantee", r"вернуть|возвра\w+|возмест\w+", MONEY["ru"]),
        pair("guarantee", r"обмен\w+|почин\w+|чинить", "год|зима|лето|новый"),
        pair("medical", "давление", r"норма|жаловаться|скакать|сниз\w+"),
        pair(
            "medical",
            r"боле\w+|чиха\w+|дыша\w*|дышит\w*",
            r"редк\w+|реже|мало|меньше|легк\w+|легче",
        ),
    ),
}
