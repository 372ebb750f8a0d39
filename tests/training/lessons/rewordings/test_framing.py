"""Requests behind other first words, with spaCy's own parser."""

import random

import pytest

from training.lessons.rewordings.framing import framed, gerund, indirect


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("where can I park", "where I can park"),
        ("is it cold in Oslo", "if it is cold in Oslo"),
        ("what's the weather in Porto", "what the weather is in Porto"),
        ("how much is a ticket", "how much a ticket is"),
        ("do I need an umbrella", "if I need an umbrella"),
        ("how do you say yes in Latin", "how you say yes in Latin"),
        ("who won", "who won"),
        ("does it cost much", None),
        ("tea", None),
    ],
)
def test_a_question_turns_into_a_clause(question, clause):
    assert indirect(question) == clause


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("set a timer", "setting a timer"),
        ("make coffee", "making coffee"),
        ("see the map", "seeing the map"),
        ("play", "playing"),
    ],
)
def test_gerund(order, expected):
    assert gerund(order) == expected


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Turn on the lamp.", "turn on the lamp"),
        ("could you turn on the lamp", "turn on the lamp"),
        ("What is my balance?", "what my balance is"),
        ("I want a table for two", "a table for two"),
    ],
)
def test_the_words_of_a_request_stay(text, end):
    draw = random.Random(0)
    found = {framed(text, draw) for _ in range(40)}
    assert len(found) > 4
    verb, _, rest = end.partition(" ")
    assert all(one.endswith(rest) and verb[:3] in one for one in found)


@pytest.mark.parametrize("text", ["lamp on", "No. Stop it.", "I did it", "", "go " * 20])
def test_what_could_break_is_left_alone(text):
    assert framed(text, random.Random(0)) is None
