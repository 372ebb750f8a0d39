"""Quantities are read and compared exactly, however they are written."""

import pytest

from samovar.paraphrase.analysis.certain import quantity_differences
from samovar.paraphrase.analysis.numbers.english import NOTATION as EN
from samovar.paraphrase.analysis.numbers.quantities import quantities
from samovar.paraphrase.analysis.numbers.russian import NOTATION as RU

NOTATIONS = {"en": EN, "ru": RU}


def read(language: str, text: str):
    return quantities(text, NOTATIONS[language], ())


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "a table for at least six", [("count", 6, "", "at least")]),
        ("en", "no later than 9 am", [("clock", 540, "am", "by")]),
        ("en", "at half past five", [("clock", 330, "", "")]),
        ("en", "a quarter to six in the morning", [("clock", 345, "am", "")]),
        ("en", "set it to -18 degrees", [("measure", -18, "degree", "limit")]),
        ("en", "minus five", [("count", -5, "", "")]),
        ("en", "$1,500", [("measure", 1500, "USD", "")]),
        ("en", "an hour and 30 minutes", [("measure", 5400, "s", "")]),
        ("en", "every other day", [("measure", 172800, "s", "")]),
        ("en", "two thirds of it", [("count", 2 / 3, "", "")]),
        ("en", "the third file", [("ordinal", 3, "", "")]),
        ("en", "the first one", [("ordinal", 1, "", ""), ("count", 1, "", "")]),
        ("ru", "не больше двух дней", [("measure", 172800, "s", "at most")]),
        ("ru", "в половине седьмого вечера", [("clock", 390, "pm", "")]),
        ("ru", "в 7 утра", [("clock", 420, "am", "")]),
        ("ru", "без четверти девять", [("clock", 525, "", "")]),
        ("ru", "полтора литра", [("measure", 1.5, "l", "")]),
        ("ru", "десятиминутный таймер", [("measure", 600, "s", "")]),
        ("ru", "третий файл", [("ordinal", 3, "", "")]),
    ],
)
def test_quantities_are_read(language, text, expected):
    found = [(one.kind, one.value[0], one.unit, one.bound) for one in read(language, text)]
    assert found == expected


def differences(language: str, old: str, new: str) -> list[tuple[str, str, str]]:
    found = quantity_differences(read(language, old), read(language, new), False, False)
    return [(one.kind, one.old, one.new) for one in found if one.certain]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "at least two seats", "two or more seats"),
        ("en", "no later than 9", "by 9"),
        ("en", "half an hour", "30 minutes"),
        ("en", "half an hour", "a 30-minute break"),
        ("en", "knock twice", "knock two times"),
        ("en", "a couple of apples", "two apples"),
        ("en", "a couple of apples", "some apples"),
        ("en", "tomorrow at seven", "7 tomorrow"),
        ("en", "at half past five", "at 5.30 pm"),
        ("en", "at 17:30", "at 5:30"),
        ("en", "a dozen eggs", "12 eggs"),
        ("en", "one pizza", "a pizza"),
        ("en", "move the 5 pm one", "move the one at five in the evening"),
        ("en", "more than five guests", "six or more guests"),
        ("en", "€40 on 03/04", "40 euros on 3 April"),
        ("en", "an hour and a half", "90 minutes"),
        ("en", "half the sugar", "50% of the sugar"),
        ("en", "below 20 dollars", "cheaper than $20"),
        ("en", "1.5 kg", "1500 grams"),
        ("en", "three times a day", "three times daily"),
        ("en", "line 12", "the twelfth line"),
        ("ru", "не меньше двух мест", "два места или больше"),
        ("ru", "полчаса", "30 минут"),
        ("ru", "дважды", "два раза"),
        ("ru", "к семи вечера", "в 19:00"),
        ("ru", "две тысячи рублей", "2000 ₽"),
        ("ru", "две тысячи рублей", "2 000 руб."),
        ("ru", "пару дней", "два дня"),
        ("ru", "сто литров", "столитровый бак"),
        ("ru", "не позже девяти", "к девяти"),
        ("ru", "через день", "каждый второй день"),
        ("ru", "на пятом этаже", "на 5 этаже"),
    ],
)
def test_the_same_written_otherwise(language, old, new):
    assert differences(language, old, new) == []


@pytest.mark.parametrize(
    ("language", "old", "new", "kind"),
    [
        ("en", "at least six people", "at most six people", "bound"),
        ("en", "at least six people", "six people", "bound"),
        ("en", "at least six people", "more than six people", "bound"),
        ("en", "-18 degrees", "18 degrees", "number"),
        ("en", "add -5", "add 5", "number"),
        ("en", "10%", "$10", "unit"),
        ("en", "10%", "10", "unit"),
        ("en", "200 euros", "200 dollars", "unit"),
        ("en", "25 minutes", "25 seconds", "unit"),
        ("en", "180 degrees Celsius", "180 degrees Fahrenheit", "unit"),
        ("en", "at 3 pm", "at 3 am", "unit"),
        ("en", "every other day", "every day", "number"),
        ("en", "for 60 guests", "for the guests", "number"),
        ("en", "on 03/04", "on 04/03", "number"),
        ("en", "on 3 April", "on 3 May", "number"),
        ("en", "at half past five", "at 5", "number"),
        ("en", "over 200 euros", "cheaper than 200 euros", "bound"),
        ("en", "by 9 am", "after 9 am", "bound"),
        ("ru", "не больше двух дней", "не меньше двух дней", "bound"),
        ("ru", "пять рублей", "пять евро", "unit"),
        ("ru", "в семь утра", "в семь вечера", "unit"),
        ("ru", "минус десять", "десять", "number"),
        ("ru", "три билета", "четыре билета", "number"),
        ("ru", "на 10%", "на 10 рублей", "unit"),
        ("ru", "3 мая", "3 июня", "number"),
    ],
)
def test_another_quantity(language, old, new, kind):
    assert [found[0] for found in differences(language, old, new)] == [kind]
