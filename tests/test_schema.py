"""Records are built from plain values by their type hints; nothing is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from samovar import schema
from samovar.errors import InputError


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Tea:
    leaves: tuple[Leaf, ...]
    steps: Mapping[str, int]
    hot: bool = True


GOOD = {"leaves": [{"name": " assam\n", "weight": 2}, {"name": ""}], "steps": {"pour": 3}}


def test_a_record_is_built_from_plain_values():
    leaves = (Leaf(" assam\n", 2.0), Leaf(""))
    assert schema.record(GOOD, Tea) == Tea(leaves, {"pour": 3})
    assert schema.record({**GOOD, "origin": "Sochi"}, Tea) == Tea(leaves, {"pour": 3})


@pytest.mark.parametrize(
    ("change", "en", "ru"),
    [
        (
            {"leaves": [{"name": 3}]},
            "`leaves[0].name` must be a text, but 3",
            "должно быть текстом",
        ),
        ({"leaves": 3}, "`leaves` must be a list, but 3", "должно быть списком"),
        ({"leaves": [{}]}, "The key `leaves[0].name` is missing", "Не хватает ключа"),
        ({"steps": {"pour": "3"}}, "`steps.pour` must be a whole number, but '3'", "целым числом"),
        ({"steps": 3}, "`steps` does not fit: Input should be", "«steps» не подходит"),
        ({"hot": 1}, "`hot` must be true or false, but 1", "true или false"),
    ],
)
def test_a_mistake_is_said_in_both_languages(change, en, ru):
    with pytest.raises(InputError) as caught:
        schema.record(GOOD | change, Tea)
    assert en in caught.value.say("en") and ru in caught.value.say("ru")


def test_an_exact_record_refuses_what_it_does_not_know():
    with pytest.raises(InputError, match=r"no key `weigth`\. Did you mean `weight`"):
        schema.record({"name": "assam", "weigth": 1}, Leaf, exact=True)
    with pytest.raises(InputError, match="`name` must be a text, but ' '"):
        schema.record({"name": " "}, Leaf, exact=True)
    assert schema.record({"name": "assam", "weigth": 1}, Leaf) == Leaf("assam")
