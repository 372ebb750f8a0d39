"""Each rule met alone, on pairs analysed by the real parsers."""

from __future__ import annotations

import pytest

from samovar.paraphrase.analysis.difference import Difference
from samovar.paraphrase.nlu.marks import unmarked
from samovar.paraphrase.validation import rules
from samovar.paraphrase.validation.rules import lost_slots, told
from samovar.records import Reason

TEXT = "dim the bedroom lamp before the film starts"


@pytest.fixture
def pair(judge):
    def made(source, text, language="en"):
        return judge(language).measured([(source, text)])[0]

    return made


@pytest.mark.parametrize(
    ("rule", "text", "check"),
    [
        (rules.other_script, "притуши лампу в спальне перед фильмом", "language"),
        (rules.identical, "Dim the bedroom lamp, before the film starts!", "copy"),
        (rules.copied, "Dim the bedroom lamp before the film starts!", "copy"),
        (rules.length, "dim it", "length"),
        (rules.length, "well " + "so and so it is " * 5, "length"),
        (rules.repetition, "Dim the lamp, please dim the lamp before the film", "repetition"),
        (rules.diversity, "the film starts before the bedroom lamp dim", None),
        (rules.diversity, "Dim the bedroom lamp before the film starts", "diversity"),
    ],
)
def test_a_rule_alone_refuses_what_it_is_for(pair, rule, text, check):
    reason = rule(pair(TEXT, text))
    assert (reason and reason.check) == check


GOOD = "Make the light in the bedroom weaker ahead of the movie"


@pytest.mark.parametrize("rule", [*rules.ALWAYS, *rules.OF_VARIANTS])
def test_no_rule_refuses_a_rewording(pair, rule):
    assert rule(pair(TEXT, GOOD)) is None
    ru = ("притуши лампу в спальне", "сделай свет в спальне послабее")
    assert rule(pair(*ru, "ru")) is None


def test_a_text_without_letters_is_no_translation(pair):
    assert rules.other_script(pair("dim it", "42!")) is None
    assert rules.other_script(pair("открой Telegram", "Запусти Telegram", "ru")) is None


@pytest.mark.parametrize(
    ("text", "coined"),
    [
        ("закажила шуруповёрты на дом", "закажила"),
        ("Кофе закажи спокойственно", "спокойственно"),
        ("Оформи доставку шуруповёрта", None),
        ("Закажи кое-где шуруповёрт в Леруа", None),
    ],
)
def test_words_that_no_dictionary_has_are_refused(pair, text, coined):
    found = rules.coined(pair("закажи шуруповёрт на дом", text, "ru"))
    assert (found and found.value) == coined


def test_what_the_original_repeats_may_be_repeated(pair):
    assert rules.repetition(pair("tell Ann that Ann won", "Let Ann know that Ann won")) is None
    source = "print page two and print page three"
    assert rules.repetition(pair(source, "Please print page two, then print page three")) is None


@pytest.mark.parametrize(
    ("language", "source", "text", "lost"),
    [
        ("en", "a table in [Porto](city) for [six](n)", "Porto: a table, six people", []),
        (
            "en",
            "a table in [Porto](city) for [six](n)",
            "a table for 6 in Lisbon",
            ["Porto", "six"],
        ),
        ("en", "fly to [New York](city)", "To NEW YORK, please", []),
        ("en", "fly to [New York](city)", "I fly to York", ["New York"]),
        ("ru", "поезд в [Тверь](city)", "мне нужен поезд до Твери", []),
        ("ru", "поезд в [Тверь](city)", "мне нужен поезд до Клина", ["Тверь"]),
        ("ru", "столик на [летней веранде](place)", "летняя веранда: нужен столик", []),
        ("ru", "столик на [летней веранде](place)", "столик на веранде", ["летней веранде"]),
    ],
)
def test_a_marked_slot_stays_its_case_may_change(pair, language, source, text, lost):
    plain, slots = unmarked(source)
    found = lost_slots(pair(plain, text, language), slots)
    assert found == tuple(Reason("names and slots", f"lost: {one}", one) for one in lost)


def test_a_difference_is_told_with_the_words_of_both_sides():
    found = told(
        [
            Difference("bound", "at least 6", "6", certain=True),
            Difference("roles", "call (subject)", "call", word="Ann"),
            Difference("lost", "quickly", ""),
            Difference("lost", "quickly", ""),
        ]
    )
    assert found == (
        Reason("bound", "6", "at least 6"),
        Reason("roles", "Ann: call", "Ann: call (subject)"),
        Reason("lost", rules.NOTHING, "quickly"),
    )
