"""Values in filters: numbers are numbers, dates are dates, and what makes no sense is refused by name."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from samovar.errors import InputError
from samovar.search.documents import filters
from samovar.search.documents.corpus import Document
from samovar.search.documents.fields import fields_of
from samovar.search.documents.values import value


def found(field: object, condition: str) -> bool:
    """Tell whether a document whose field is `field` passes a condition, as a visitor types it."""
    document = Document("1", "", "x", {condition.split()[0]: field})
    wanted = filters.checked(filters.written([condition]), fields_of([document]))
    return filters.passes(document.metadata, wanted)


@pytest.mark.parametrize(
    ("field", "condition", "expected"),
    [
        (9.90, "price = 9.90", True),
        ("9.90", "price = 9.9", True),
        ("1,499", "price < 50", False),
        ("120 EUR", "price < 50", False),
        (0.00001, "p < 0.001", True),
        (0.00001, "p >= 0.001", False),
        (1460323737035677698, "id < 999999999999999999", False),
        (1460323737035677698, "id = 1460323737035677698.0", True),
        (1460323737035677698, "id = 1460323737035677697", False),
        ("+5", "y > 3", True),
        ("1e3", "y > 5", True),
        (".5", "y < 1", True),
        ("5.", "y = 5", True),
        ("-0", "y = 0", True),
        (1e300, "y > 1" + "0" * 299, True),
        ("9" * 401, "y > 5", False),
        ("caf\u00e9", "place = cafe\u0301", True),
        ("чаи\u0306", "place = ЧА\u0419", True),
        ("007", "code = 7", False),
        ("2020-05-01", "day = 1.5.2020", True),
        ("2020-05-31", "day <= 2020-05", True),
        ("2020-05-31", "day > 2020-05", False),
        ("2020-05-31T23:59:59.5Z", "day <= 2020-05-31", True),
        ("2020-05-31T23:59:59.5Z", "day > 2020-05-31T23:59:59", False),
        ("2020-06-01T01:00:00+03:00", "day < 2020-06", True),
        ("2020-13-45", "day > m", False),
        (True, "new = TRUE", True),
        ("false", "new != true", True),
        (["a", 7, "2020-05-01"], "tags > 6", True),
        (["a", 7, "2020-05-01"], "tags < 2021-01", True),
    ],
)  # fmt: skip
def test_values_are_compared_not_their_spelling(
    field: object, condition: str, expected: bool
) -> None:
    assert found(field, condition) is expected


def test_an_accent_in_the_name_of_a_field_may_be_written_in_two_ways() -> None:
    document = Document("1", "", "x", {"cafe\u0301": 5})
    wanted = filters.checked({"caf\u00e9": 5}, fields_of([document]))
    assert filters.passes(document.metadata, wanted)


def test_keys_sort_as_the_numbers_do() -> None:
    draw = random.Random(5)
    said = [f"{draw.choice('+-')}{draw.randrange(10 ** draw.randrange(1, 25))}e{draw.randrange(-30, 30)}" for _ in range(2000)]  # fmt: skip
    numbers = [*said, "0", "0.1", "-0.1", "10", "9", "-10", "-9", "-95", "-9.5", "99.999"]
    numbers = [one for one in numbers if value(one).kind == "number"]
    assert len(numbers) > 1500
    by_key = sorted(numbers, key=lambda one: value(one).key)
    assert [Decimal(one) for one in by_key] == sorted(map(Decimal, numbers))
    for one in numbers:
        assert Decimal(value(one).name) == Decimal(one)


@pytest.mark.parametrize(
    ("field", "condition", "en", "ru"),
    [
        (1957, "year > banana and foo", "`year` cannot have the value \"banana and foo\": the field holds numbers. Write every", "в этом поле числа"),
        (1957, "year = soon", 'value "soon"', 'значение "soon"'),
        (1957, "year in 1957, soon", 'value "soon"', 'значение "soon"'),
        ("2020-05-01", "day > 7", 'value "7": the field holds dates', "даты"),
        ("2020-05-01", "day > May", 'value "May"', 'значение "May"'),
        (True, "new = 1", "the field holds true or false", "true или false"),
        (True, "new > false", "have no order, so > says nothing about it. Write = or !=.", "нет порядка"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(
    field: object, condition: str, en: str, ru: str
) -> None:
    with pytest.raises(InputError) as refused:
        found(field, condition)
    assert en in refused.value.say("en") and ru in refused.value.say("ru")


def test_a_field_of_several_kinds_is_known_by_all_and_one_with_texts_takes_anything() -> None:
    rows: list[dict[str, object]] = [{"a": 1, "b": "x", "c": None}, {"a": "2020-05-01", "b": 2}]
    fields = fields_of([Document(str(at), "", "x", row) for at, row in enumerate(rows)])
    assert fields == {"a": ("number", "date"), "b": ("text",), "c": ()}
    for condition in ("a > 5", "a > 2020", "a < 2020-05", "b > pear", "b > 5", "c > 5"):
        assert filters.checked(filters.written([condition]), fields)
