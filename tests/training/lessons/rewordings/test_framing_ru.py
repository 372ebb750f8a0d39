"""Russian requests behind other first words."""

import random

import pytest

from samovar.paraphrase.act import message, same_act
from training.lessons.rewordings.framing_ru import framed, inflected


def all_of(text):
    draw = random.Random(0)
    return {framed(text, draw) for _ in range(80)}


def test_an_order_takes_the_form_that_its_opening_asks_for():
    assert all_of("Включи, пожалуйста, свет в зале.") == {
        "Пожалуйста, включи свет в зале",
        "Можешь включить свет в зале",
        "Не мог бы ты включить свет в зале",
        "Хочу, чтобы ты включил свет в зале",
        "Мне нужно, чтобы ты включил свет в зале",
        "Будь добр, включи свет в зале",
        "Прошу тебя включить свет в зале",
    }
    assert "Хочу, чтобы вы перевели 500 рублей" in all_of("Переведите 500 рублей")


def test_a_question_stays_as_it_is():
    found = all_of("Во сколько отходит поезд?")
    assert len(found) == 6 and all(one.endswith(" во сколько отходит поезд") for one in found)


@pytest.mark.parametrize("text", ["Закрой дверь на кухне", "сколько стоит билет", "Найдите рецепт"])
def test_the_speech_act_and_the_message_stay(text):
    for one in all_of(text):
        assert same_act(text, one, "ru"), one
        assert message(text, "ru").split()[1:] == message(one, "ru").split()[1:], one
    assert all_of(text) != {None}


@pytest.mark.parametrize("text", ["", "нужна машина", "Открой окно. Закрой дверь.", "свет включи"])
def test_what_could_break_is_left_alone(text):
    assert all_of(text) == {None}


@pytest.mark.parametrize(
    "case",
    """
    поставь → поставить поставил
    перешли → переслать переслал
    пошли → послать послал
    вышли → выслать выслал
    пришли → прислать прислал
    отошли → отослать отослал
    найди → найти нашёл
    дай → дать дал
    включи → включить включил
    включите → включить включил
    закажи → заказать заказал
    напомни → напомнить напомнил
    переведи → перевести перевёл
    проверь → проверить проверил
    засеки → засечь засёк
    закрой → закрыть закрыл
    прочти → прочесть прочёл
    """.strip().splitlines(),
)
def test_the_imperative_is_inflected_and_no_other_reading(case):
    verb, forms = case.split("→")
    found = [inflected(verb.strip(), frozenset(form)) for form in ({"INFN"}, {"past", "masc"})]
    assert found == forms.split()


@pytest.mark.parametrize("text", ["Вышли мне договор", "Включите чайник", "Засеки две минуты"])
def test_an_order_is_one_though_another_reading_is_as_likely(text):
    assert len(all_of(text)) == 7 and None not in all_of(text)


def test_an_order_not_to_do_something_keeps_its_not():
    assert {"Прошу тебя не дать мне уснуть", "Хочу, чтобы ты не дал мне уснуть"} <= all_of(
        "не дай мне уснуть"
    )
    assert "Старайтесь не пить кофе" in all_of("Не пейте кофе.")


def test_a_statement_stands_behind_an_opening_once():
    assert "Сообщаю, что карта украдена" in all_of("Карта украдена.")
    assert all_of("Сообщаю, что карта украдена.") == {None}
