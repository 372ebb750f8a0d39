"""Does a variant reword, or does it only begin otherwise; and in which styles."""

from __future__ import annotations

import pytest

from samovar.paraphrase.validation.measured import shifted
from samovar.paraphrase.validation.styles import STYLES, styles

SAME_CORE = [
    ("en", "dim the bedroom lamp", "Could you please dim the bedroom lamp?"),
    ("en", "dim the bedroom lamp", "I'd like you to dim the bedroom lamp."),
    ("en", "dim the bedroom lamp", "Go ahead and dim the bedroom lamp, please"),
    ("en", "call Ann tomorrow", "Tomorrow, call Ann"),
    ("en", "turn off the lamp", "Turn the lamp off."),
    ("en", "dim the bedroom lamp", "Could you dim the bedroom lamp for me? Thanks"),
    ("en", "dim the lamp in the bedroom", "In the bedroom, dim the lamp"),
    ("ru", "погаси лампу в спальне", "Пожалуйста, погаси лампу в спальне."),
    ("ru", "погаси лампу в спальне", "погаси лампу в спальне, пожалуйста"),
    ("ru", "позвони Анне завтра", "Завтра позвони Анне"),
]
NEW_CORE = [
    ("en", "dim the bedroom lamp", "Lower the bedroom lamp"),
    ("en", "dim the bedroom lamp", "Could you dim the bedroom light?"),
    ("en", "dim the bedroom lamp", "Dim the lamp in the room where I sleep"),
    ("en", "remind Ann to call Paul", "Remind Paul to call Ann"),
    ("en", "call Ann tomorrow", "Call Ann"),
    ("en", "remind Paul that Ann calls Peter", "Ann calls; remind Peter, Paul"),
    ("ru", "погаси лампу в спальне", "Выключи лампу в спальне"),
    ("ru", "погаси лампу в спальне", "Пожалуйста, погаси свет в спальне"),
    ("ru", "позвони Анне завтра", "Набери Анну завтра"),
]


@pytest.fixture
def pair(judge):
    def made(language, source, text):
        return judge(language).measured([(source, text)])[0]

    return made


@pytest.mark.parametrize(("language", "source", "text"), SAME_CORE)
def test_an_opening_or_a_moved_word_leaves_the_core(pair, language, source, text):
    measured = pair(language, source, text)
    assert not measured.new_core and "reworded" not in styles(measured)


@pytest.mark.parametrize(("language", "source", "text"), NEW_CORE)
def test_another_word_or_another_syntax_is_a_new_core(pair, language, source, text):
    measured = pair(language, source, text)
    assert measured.new_core and "reworded" in styles(measured)


@pytest.mark.parametrize(
    ("language", "source", "text", "expected"),
    [
        ("en", "dim the bedroom lamp", "Please dim the bedroom lamp", {"polite"}),
        ("en", "dim the lamp", "Could you dim the lamp?", {"polite", "question"}),
        ("en", "call Ann tomorrow", "Tomorrow call Ann", {"reordered"}),
        ("en", "dim the lamp in the bedroom now", "Bedroom light down", {"shorter", "reworded"}),
        ("en", "Could you dim the lamp?", "dim the lamp", {"shorter"}),
        ("ru", "погаси лампу", "Можешь погасить лампу?", {"polite", "question"}),
        ("ru", "позвони Анне завтра", "Завтра позвони Анне", {"reordered"}),
        ("en", "dim the lamp", "dim the lamp", set()),
    ],
)
def test_styles_are_what_the_text_has_and_its_source_has_not(
    pair, language, source, text, expected
):
    found = styles(pair(language, source, text))
    assert set(found) == expected and list(found) == [one for one in STYLES if one in found]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("a b c d", True),
        ("d a b c", True),
        ("c d a b", True),
        ("a c d b", True),
        ("b a c d", True),
        ("a b d c", True),
        ("d c b a", False),
        ("a c b d", False),
        ("a b c", False),
    ],
)
def test_a_run_of_words_that_moves_to_an_end_is_no_other_syntax(new, expected):
    assert shifted(("a", "b", "c", "d"), tuple(new.split())) == expected
