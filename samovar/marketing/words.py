"""The words that the checks look for: strong claims, numbers in words, units."""

from __future__ import annotations

import re
from functools import cache

import snowballstemmer

from samovar.phrases import Language

CLAIMS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:(?!(?:rest|test|harvest|request|west|nest|guest|interest|forest|honest|suggest"
        r"|invest|chest|quest|modest|protest|digest|contest)\b)[a-z]{3,}est|most [a-z]{5,}"
        r"|perfect(?:ly|ion)?|number one|guarante\w+|free|unique|revolutionary|unbeatable"
        r"|unmatched|unrivalled|ultimate|leading|world[- ]class|top[- ](?:tier|selling|quality"
        r"|notch|rated)|award[- ]winning|certified|proven|always|never|100 ?%|instant(?:ly)?"
        r"|cur(?:e|es|ing)|heal(?:s|ing)?|risk[- ]free|clinically|scientifically|eco[- ]friendly"
        r"|sustainable|organic|luxur\w+|miracle|magic(?:al)?|discount|sale|limited (?:time|offer)"
        r"|high[- ]quality|popular|favou?rite|trusted|millions? of|thousands of"
        r"|cutting[- ]edge|state[- ]of[- ]the[- ]art|game[- ]changer)\b|(?:#|№|\bno\. ?)1\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:лучш\w*|наилучш\w*|сам(?:ый|ая|ое|ые|ую|ым|ой|ого)|гарантир\w*|бесплатн\w*"
        r"|уникальн\w*|номер один|идеальн\w*|революцион\w*|непревзойд\w*|единственн\w*|всегда"
        r"|никогда|100 ?%|мгновенн\w*|сертифицир\w*|вылеч\w*|лечит|лидер\w*|скидк\w*|элитн\w*"
        r"|экологич\w*|волшебн\w*|популярн\w*|любим\w*|миллион\w*)\b|№ ?1\b",
        re.IGNORECASE,
    ),
}
"""Superlatives and promises that only the sheet may make."""

NUMBER_WORDS: dict[str, float] = {
    **{w: n for n, w in enumerate("two three four five six seven eight nine ten".split(), 2)},
    **{w: n for n, w in enumerate("три четыре пять шесть семь восемь девять десять".split(), 3)},
    **{"eleven": 11, "twelve": 12, "dozen": 12, "twenty": 20, "thirty": 30, "fifty": 50},
    **{"hundred": 100, "hundreds": 100, "thousand": 1000, "million": 1_000_000, "half": 0.5},
    **{"twice": 2, "double": 2, "triple": 3, "два": 2, "две": 2, "вдвое": 2, "втрое": 3},
    **{"двадцать": 20, "сто": 100, "тысяча": 1000, "тысячи": 1000, "миллион": 1_000_000},
}
"""One is left out: it is mostly an article ("one button")."""

UNIT_FORMS: dict[str, str] = {
    "second": "second seconds sec s секунда секунды секунд секунду с",
    "minute": "minute minutes min минута минуты минут минуту мин",
    "hour": "hour hours h час часа часов ч",
    "day": "day days день дня дней дни сутки суток",
    "week": "week weeks неделя недели недель неделю",
    "month": "month months месяц месяца месяцев",
    "year": "year years год года лет",
    "percent": "percent % процент процента процентов",
    "gram": "gram grams g грамм грамма граммов г",
    "kilogram": "kilogram kilograms kg килограмм килограмма килограммов кг",
    "litre": "litre litres liter liters l литр литра литров л",
    "millilitre": "millilitre millilitres ml миллилитр миллилитров мл",
    "metre": "metre metres meter meters m метр метра метров м",
    "centimetre": "centimetre centimetres centimeter centimeters cm сантиметр сантиметров см",
    "millimetre": "millimetre millimetres millimeter millimeters mm миллиметр миллиметров мм",
    "kilometre": "kilometre kilometres km километр километра километров км",
    "degree": "degree degrees ° градус градуса градусов",
    "decibel": "decibel decibels db децибел децибела дб",
    "watt": "watt watts w ватт вт",
    "euro": "eur euro euros € евро",
    "dollar": "usd dollar dollars $ доллар доллара долларов",
    "rouble": "rub rouble roubles ruble rubles ₽ рубль рубля рублей руб",
    "cent": "cent cents цент центов",
}
UNITS = {form: unit for unit, forms in UNIT_FORMS.items() for form in forms.split()}
"""Word after (or currency before) a number → unit; two numbers differ when their units do."""

STOPWORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        "a an and any are as at be been but by can do does for from has have if in into is it its "
        "no not of on one only or our so than that the their them then there they this to up us "
        "was we were when which who will with you your all more".split()
    ),
    "ru": frozenset(
        "а без бы в вам вас ваш во все вы для до его ее её если же за и из или их к как ко ли мы "
        "на не нет но о об он она они оно от по под при с со так то только у уже что чтобы это "
        "этот этого".split()
    ),
}
WORD = re.compile(r"[^\W\d_]+")


def stems(text: str, language: Language) -> list[str]:
    """Return the stems of the content words of `text`, in order.

    >>> stems("It is a certified billing meter", "en")
    ['certifi', 'bill', 'meter']
    """
    words = [word for word in WORD.findall(text.lower()) if word not in STOPWORDS[language]]
    stemmed: list[str] = _stemmer(language).stemWords(words)
    return stemmed


@cache
def _stemmer(language: Language) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer({"en": "english", "ru": "russian"}[language])
