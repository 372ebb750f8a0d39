"""Lines that are not the character's: of a model, of a help desk, or said before."""

from __future__ import annotations

import pytest

from samovar.character.persona import CHARACTERS
from samovar.character.speech.role import again, strange
from samovar.phrases import LANGUAGES


@pytest.mark.parametrize(
    "text",
    [
        "As an AI language model, I have no feelings.",
        "I\u2019m sorry, but I can\u2019t assist with that.",
        "How may I help you today?",
        "Please provide more details about your condition.",
        "Извините, но я не могу дать вам ответ на этот вопрос.",
        "Если у вас есть ещё вопросы, не стесняйтесь задавать.",
        "Расскажите больше информации о вашем состоянии.",
    ],
)
def test_a_help_desk_is_no_character(text):
    assert strange(text, [])


@pytest.mark.parametrize(
    "text",
    [
        "I can't help it: people lie and I notice.",
        "I know more than you, and you have a rash.",
        "Sorry, but I was right.",
        "Я не могу ходить без трости.",
        "У вас больше симптомов, чем мозгов.",
    ],
)
def test_a_rude_line_is_his(text):
    assert not strange(text, [])


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=lambda one: one.slug)
@pytest.mark.parametrize("language", LANGUAGES)
def test_his_own_lines_are_his(character, language):
    lines = [
        character.greeting.say(language),
        *(one.say(language) for one in (*character.refusals, *character.asides)),
        *(one.reply for one in character.examples if one.language == language),
    ]
    assert not any(strange(line, []) for line in lines)
    assert not any(again(line, lines[:at]) for at, line in enumerate(lines))


def test_what_was_said_before_is_no_answer():
    said = ["Good evening, doctor. May I ask about your leg, or is that rude?"]
    assert strange("Good evening, doctor. May I ask about your leg, or is that rude?", said)
    assert not strange("Good evening. You may ask, and I may lie.", said)
    assert not again("Good night!", ["Good night!"])
