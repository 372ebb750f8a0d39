"""Texts that ask for something else, exactly as they are made."""

import pytest

from samovar.models.shelf import shelf
from samovar.paraphrase.analysis.analysis import analyse
from training.lessons.requests.reframed import reframed


def made(language: str, text: str) -> set[tuple[str, str]]:
    return set(reframed(analyse(text, language, shelf().parser(language)), seed=0, most=50))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Remind Paul to call Martha",
            {
                ("Remind Martha to call Paul", "roles"),
                ("Don't remind Paul to call Martha", "polarity"),
            },
        ),
        (
            "en",
            "Lock the front door and open the back gate",
            {
                ("Lock the back gate and open the front door", "crossed"),
                ("Lock the front door and the back gate", "pooled"),
                ("Lock the front door or open the back gate", "logic"),
                ("Don't lock the front door and open the back gate", "polarity"),
            },
        ),
        (
            "en",
            "Don't call my boss",
            {("Call my boss", "polarity"), ("Don't call your boss", "owner")},
        ),
        ("en", "Don't forget your keys", {("Don't forget my keys", "owner")}),
        ("ru", "Не открывай дверь", {("Открывай дверь", "polarity")}),
        ("ru", "Покажи мой счёт", {("Покажи твой счёт", "owner")}),
    ],
)
def test_all_that_is_made(language, text, expected):
    assert made(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Turn on the lamp if the door opens",
            ("Turn on the lamp unless the door opens", "condition"),
        ),
        ("en", "Call me before lunch", ("Call me after lunch", "order")),
        (
            "en",
            "Book a table for at least six people",
            ("Book a table for at most six people", "limit"),
        ),
        ("en", "Set 180 degrees for 25 minutes", ("Set 25 degrees for 180 minutes", "number")),
        (
            "en",
            "Copy it from the phone to the laptop",
            ("Copy it from the laptop to the phone", "direction"),
        ),
        (
            "en",
            "Show all files except the old ones",
            ("Show all files including the old ones", "logic"),
        ),
        ("en", "Say hello to {name} from {team}", ("Say hello to {team} from {name}", "roles")),
        ("ru", "Попроси Лену отдать ключи Борису", ("Попроси Бориса отдать ключи Лене", "roles")),
        ("ru", "Напомни Павлу позвонить Марте", ("Напомни Марте позвонить Павлу", "roles")),
        ("ru", "Закажи не больше двух пицц", ("Закажи не меньше двух пицц", "limit")),
        ("ru", "Позвони мне до обеда", ("Позвони мне после обеда", "order")),
        ("ru", "Купи хлеб и молоко", ("Купи хлеб или молоко", "logic")),
        ("ru", "Закрой дверь и открой окно", ("Закрой окно и открой дверь", "crossed")),
        ("ru", "Закрой дверь и открой окно", ("Закрой дверь и окно", "pooled")),
    ],
)
def test_what_is_made_among_others(language, text, expected):
    assert expected in made(language, text)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Find my bag and your bag", "owner"),
        ("ru", "Купи подарки, кроме посуды и косметики", "logic"),
        ("en", "Keep it between 15 and 25 degrees", "logic"),
        ("ru", "Чей конспект взяла Вера: мой или твой", "owner"),
    ],
)
def test_what_would_say_the_same_is_not_made(language, text, kind):
    assert kind not in {made_of for _, made_of in made(language, text)}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_nothing_is_made_of_nothing(language):
    assert made(language, "") == set()


def test_the_seed_decides_and_kinds_take_turns():
    request = analyse(
        "Lock the front door and open my back gate before six", "en", shelf().parser("en")
    )
    first = reframed(request, seed=1, most=4)
    assert first == reframed(request, seed=1, most=4)
    assert len({kind for _, kind in first}) == 4


def test_a_literal_is_left_as_it_is():
    assert all('"if only"' in text for text, _ in made("en", 'Play "if only" after lunch'))
