"""Quantities of a text: "text → value unit bound"; equal ones may be written otherwise."""

from itertools import pairwise

import pytest

from samovar.marketing.facts.quantity import quantities, same


def read(text: str, language: str) -> str:
    return ", ".join(f"{q.value:g} {q.unit} {q.bound}".strip() for q in quantities(text, language))


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "up to 1.5 litres for EUR 1,059", "1.5 l up, 1059 EUR"),
        ("en", "4 minutes 10 seconds, 3 h 30 min", "250 s, 12600 s"),
        ("en", "heights of 8, 10 and 12 cm", "0.08 m, 0.1 m, 0.12 m"),
        ("en", "from 6 am to 11 pm, from EUR 39", "360 clock, 1380 clock, 39 EUR from"),
        ("en", "half a litre in three quarters of an hour", "0.5 l, 2700 s"),
        ("en", "40 Swiss francs, ¥40, £40, 40 dollars", "40 CHF, 40 JPY, 40 GBP, 40 USD"),
        ("en", "a 5-year warranty, a 250-gram bag", "60 month, 0.25 kg"),
        ("en", "18 days on average, no more than 38 degrees", "1.5552e+06 s about, 38 °C up"),
        ("en", "two hundred and fifty bearings", "250"),
        ("ru", "от 12 до 25 мм, 12 В, 32 Н·м", "0.012 m, 0.025 m, 12 V, 32 Nm"),
        ("ru", "до шестидесяти часов за полторы минуты", "216000 s up, 90 s"),
        ("ru", "не больше 4 учеников, не меньше 2 часов", "4  up, 7200 s from"),
        ("ru", "3 600 000 ₽, 1,05 кг, 75 г.", "3.6e+06 RUB, 1.05 kg, 0.075 kg"),
        ("ru", "тысяча восемьсот труб, 90 тыс. рублей", "1800, 90000 RUB"),
        ("ru", "три миллиона шестьсот тысяч рублей, 320 тысяч", "3.6e+06 RUB, 320000"),
        ("ru", "3 миллиона 840 тысяч рублей, сорок второй размер", "3.84e+06 RUB, 42"),
        ("ru", "три с половиной тысячи труб, 32 ньютон-метра", "3500, 32 Nm"),
        ("ru", "четыре кило и триста граммов", "4.3 kg"),
        ("en", "four and a half thousand pages, half a dozen", "4500, 6"),
        ("en", "two thousand one hundred trees", "2100"),
        ("en", "one euro ninety; 47 euros and 50 cents", "1.9 EUR, 47.5 EUR"),
        ("en", "14 euro cents, 5 euros 30 pages", "0.14 EUR, 5 EUR, 30"),
    ],
)
def test_quantities_are_read(language, text, found):
    assert read(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "2900 рублей = 2 900 ₽ = 2,9 тыс. руб."),
        ("en", "0.5 l = 500 ml = half a litre"),
        ("en", "1 hour = 60 min = sixty minutes"),
        ("en", "EUR 40 = €40 = 40 euros = forty euros"),
        ("en", "£40 = 40 pounds = GBP 40"),
        ("en", "8 pm = 20:00"),
        ("ru", "30 дней = 1 месяц"),
        ("ru", "1,5 кВт = 1 500 Вт"),
    ],
)
def test_equivalents_are_the_same(language, text):
    found = [quantities(part, language)[0] for part in text.split(" = ")]
    assert all(same(one, other) for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text",
    [
        "1.5 litres = 1.5 gallons",
        "350 grams = 350 ounces",
        "EUR 40 = ¥40",
        "3 s = 3 min",
        "4 = 4 l",
    ],
)
def test_another_unit_is_another_quantity(text):
    left, right = (quantities(part, "en")[0] for part in text.split(" = "))
    assert not same(left, right)
