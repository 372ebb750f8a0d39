"""Openings by speech act, and what an opening leaves of a message."""

import pytest

from samovar.paraphrase.act import Act, act, message
from samovar.paraphrase.openings import OPENINGS_EN, openings


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("I'd like you not to share your PIN", Act.COMMAND, "don't share your PIN"),
        ("I don't want you to call", Act.COMMAND, "don't call"),
        ("Do not disturb me", Act.COMMAND, "don't disturb me"),
        ("You shouldn't skip breakfast", Act.ADVICE, "don't skip breakfast"),
        ("At noon, please do not call me", Act.COMMAND, "At noon, don't call me"),
        ("It's important not to rush", Act.ADVICE, "don't rush"),
        ("Don't forget to call Ann", Act.ADVICE, "call Ann"),
        ("Not on Monday", Act.COMMAND, "Not on Monday"),
        ("I have to say that my card was stolen", Act.STATEMENT, "my card was stolen"),
        ("Just so you know, the flat is empty", Act.STATEMENT, "the flat is empty"),
        ("I'd like to report my card stolen", Act.PLAN, "report my card stolen"),
        ("Do you sell tea?", Act.QUESTION, "Do you sell tea?"),
    ],
)
def test_an_opening_changes_neither_act_nor_message(text, kind, left):
    assert (act(text, "en"), message(text, "en")) == (kind, left)


@pytest.mark.parametrize("text", ["Don't call me", "Never call me", "You should not call me"])
def test_an_order_not_to_do_something_gets_openings_that_say_not(text):
    begun = openings(text, act(text, "en"), "en")
    assert len(begun) >= 5
    assert all("not" in opening or "n't" in opening for opening in begun)


def test_what_stands_before_an_order_stays_in_front_of_half_of_the_openings():
    begun = openings("After lunch, water the plants", Act.COMMAND, "en")
    led = [one for one in begun if one.startswith("After lunch, ")]
    assert len(led) == len(begun) // 2
    assert not set(begun) - set(led) - set(OPENINGS_EN[Act.COMMAND])


def test_an_opening_inside_a_sentence_is_written_small_but_for_i():
    listed = openings("After lunch, remember to call Ann", Act.ADVICE, "en")
    inside = [one for one in listed if one.startswith("After lunch, ")]
    assert inside and not any(one.startswith("After lunch, It") for one in inside)


def test_a_russian_order_not_to_do_something_keeps_its_not():
    begun = openings("Не включайте свет", Act.COMMAND, "ru")
    assert begun and all(opening.endswith(" не") for opening in begun)
    assert "Прошу вас не" in begun
    assert openings("Не забудьте ключи", Act.COMMAND, "ru")[0] == "Пожалуйста,"


def test_every_opening_keeps_the_act_that_it_stands_for():
    for kind in (Act.QUESTION, Act.STATEMENT, Act.ADVICE):
        for opening in OPENINGS_EN[kind]:
            rest = "when the shop opens" if kind == Act.QUESTION else "the shop is open"
            rest = "lock the shop" if kind == Act.ADVICE else rest
            assert act(f"{opening} {rest}", "en") == kind, opening


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Мне холодно, включи обогреватель", "ru", "Мне холодно, пожалуйста,"),
        ("У меня мокрые руки. Ответьте на звонок!", "ru", "У меня мокрые руки, пожалуйста,"),
        ("Пожалуйста, включи обогреватель", "ru", "Пожалуйста,"),
        ("My hands are wet, so answer the call", "en", "My hands are wet, could you"),
    ],
)
def test_a_statement_in_front_of_an_order_stays_there(text, language, first):
    assert openings(text, act(text, language), language)[0] == first


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("Хочу сообщить, что карта украдена", Act.STATEMENT, "карта украдена"),
        ("Имейте в виду, что дверь закрыта", Act.STATEMENT, "дверь закрыта"),
        ("Скажи, когда придёт мастер", Act.QUESTION, "когда придет мастер"),
        ("Напомни, когда придёт мастер", Act.COMMAND, "когда придет мастер"),
        (
            "Пожалуйста, напомни купить хлеб, когда я выйду",
            Act.COMMAND,
            "напомни купить хлеб, когда я выйду",
        ),
        (
            "Напомни мне, когда я приду домой, полить цветы",
            Act.COMMAND,
            "напомни мне, когда я приду домой, полить цветы",
        ),
    ],
)
def test_a_russian_opening_is_no_part_of_the_message(text, kind, left):
    assert (act(text, "ru"), message(text, "ru")) == (kind, left)
