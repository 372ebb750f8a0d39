import re

import pytest

from samovar import checks
from samovar.errors import Field, InputError
from samovar.phrases import Phrase


@pytest.mark.parametrize(
    "good", ["a", " a ", "line\nline\r\n\ttab", "<|im_end|>", "<b>", "שלום", "👩‍🔬", "Ж" * 20]
)
def test_a_text_passes_unchanged(good):
    assert checks.text(good, 20) == good


@pytest.mark.parametrize(
    "bad, en, ru",
    [
        (
            None,
            "`text` must be a text, but nothing was given.",
            "Значение «text» должно быть текстом, а получено ничего.",
        ),
        (5, "must be a text, but 5", "получено 5"),
        (["a"], 'must be a text, but ["a"]', 'получено ["a"]'),
        ("", "`text` is empty. Type some text", "Поле «text» пусто. Введите текст"),
        (" \n\t ", "is empty", "пусто"),
        ("a" * 21, "has 21 characters; at most 20", "21 зн., а принимается не больше 20"),
        ("a\x00", "control character U+0000 at position 2", "символ U+0000 (позиция 2)"),
        ("\x1b[31m", "control character U+001B at position 1", "символ U+001B (позиция 1)"),
        ("ab\ud800", "U+D800 at position 3", "U+D800 (позиция 3)"),
    ],
)
def test_a_bad_text_is_refused_in_both_languages(bad, en, ru):
    with pytest.raises(InputError) as caught:
        checks.text(bad, 20)
    assert en in caught.value.say("en")
    assert ru in caught.value.say("ru")


def test_a_long_value_is_shortened_in_the_message():
    with pytest.raises(InputError) as caught:
        checks.text(["x" * 1000], 20)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("good, value", [(1, 1), (10, 10), (3.0, 3)])
def test_a_whole_number_passes(good, value):
    found = checks.whole(good, 1, 10, "n")
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize(
    "bad, said",
    [
        (0, "`n` is 0; it must lie between 1 and 10."),
        (11, "it must lie between 1 and 10"),
        (float("inf"), "it must lie between 1 and 10"),
        (float("nan"), "must be a whole number"),
        (2.5, "must be a whole number, but 2.5"),
        (True, "must be a whole number, but true was given. Enter a whole number from 1 to 10."),
        ("3", 'must be a whole number, but "3"'),
        (None, "`n` is empty. Enter a whole number from 1 to 10."),
        ("", "`n` is empty."),
        ([1], "must be a whole number"),
    ],
)
def test_another_number_is_refused(bad, said):
    with pytest.raises(InputError, match=re.escape(said)):
        checks.whole(bad, 1, 10, "n")


def test_a_switch_is_a_boolean():
    assert checks.switch(False, "retrieval") is False
    for bad in (0, 1, "true", None):
        with pytest.raises(InputError, match="true or false"):
            checks.switch(bad, "retrieval")


def test_a_choice_lists_its_options():
    assert checks.choice("ru", ("en", "ru"), "language") == "ru"
    for bad in ("de", "", None, ["en"], {}):
        with pytest.raises(InputError, match=r"Choose one of: en, ru\."):
            checks.choice(bad, ("en", "ru"), "language")


def test_choices_keep_their_order_once():
    assert checks.choices(["b", "a", "b"], ("a", "b"), "taggers") == ["b", "a"]
    for bad in ("a", None, 5, ["a", "c"], [["a"]]):
        with pytest.raises(InputError, match=r"Choose one of: a, b\."):
            checks.choices(bad, ("a", "b"), "taggers")


def test_a_phrase_with_braces_in_a_value_is_said_as_it_is():
    error = InputError(Phrase("got {value}", "получено {value}"), value="{n} {0}")
    assert error.say("ru") == "получено {n} {0}"


@pytest.mark.parametrize("good, value", [(None, 0.0), (0, 0.0), (2, 2.0), (0.15, 0.15)])
def test_an_amount_is_a_number_of_at_least_0(good, value):
    assert checks.amount(good, "price") == value


@pytest.mark.parametrize(
    "bad, said",
    [
        (-1, "`price` is -1; it must be at least 0."),
        ("2", "must be a number"),
        (float("nan"), "number"),
    ],
)
def test_another_amount_is_refused(bad, said):
    with pytest.raises(InputError, match=re.escape(said)):
        checks.amount(bad, "price")


def test_the_page_calls_a_field_by_its_label():
    error = InputError(Phrase("{name} is {n:,}.", "{name}: {n:,}."), name=Field("n"), n=10_800)
    assert error.say("en") == "`n` is 10,800."
    assert error.say("en", {"n": "Texts"}) == "“Texts” is 10,800."
    assert error.say("ru", {"n": "Текстов", "m": "x"}) == "«Текстов»: 10\u00a0800."


def test_a_value_is_shown_as_json_writes_it():
    said = [checks.shown(value) for value in (True, "день", {"a": [1]}, "\ud800", "\x00", object)]
    assert said[:5] == ["true", '"день"', '{"a": [1]}', '"\\ud800"', '"\\u0000"']
    assert "class" in str(said[5])
    assert len(str(checks.shown("x" * 1000))) == checks.SHOWN
