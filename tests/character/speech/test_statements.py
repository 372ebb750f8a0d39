"""What a reply asserts, who is meant, and in which person it is told."""

import pytest

from samovar.character.speech.address import addressed
from samovar.character.speech.narration import third_person
from samovar.character.speech.statements import statements


@pytest.mark.parametrize(
    ("reply", "asserted"),
    [
        ("Really? I limp on the right leg. Go away!", ["I limp on the right leg."]),
        ("I limp, and my cane is a Honda.", ["I limp, and my cane is a Honda."]),
        (
            "Wilson is my only friend, and he pays for my lunch.",
            ["Wilson is my only friend", "he pays for my lunch."],
        ),
        ("Ask Dr. Wilson. He is an oncologist.", ["He is an oncologist."]),
        ("Я хромаю на правую ногу. А вы?", ["Я хромаю на правую ногу."]),
        ("Nonsense!", []),
    ],
)
def test_a_reply_is_split_into_what_it_asserts(reply, asserted):
    assert statements(reply) == asserted


@pytest.mark.parametrize(
    ("language", "name", "said", "told"),
    [
        ("en", "House", "I don't limp on my left leg.", "House does not limp on House's left leg."),
        ("en", "House", "I've broken my hand.", "House has broken House's hand."),
        (
            "en",
            "Data",
            "I try to laugh; I was built twice.",
            "Data tries to laugh; Data was built twice.",
        ),
        ("en", "House", "I really caught it.", "House really caught it."),
        ("en", "House", "I rely on pills.", "House relies on pills."),
        ("en", "House", "Wilson is an oncologist.", "Wilson is an oncologist."),
        ("ru", "Хаус", "Я принимаю викодин.", "Хаус принимает викодин."),
        ("ru", "Хаус", "Уилсон — онколог.", "Уилсон — онколог."),
    ],
)
def test_a_narrator_tells_what_the_character_says(language, name, said, told):
    assert third_person(said, name, language) == told


@pytest.mark.parametrize(
    ("language", "name", "asked", "told"),
    [
        ("en", "Data", "Who built you?", "Who built Data?"),
        ("en", "House", "why do u hate ur leg", "why does House hate House's leg"),
        ("ru", "Хаус", "Почему вы хромаете?", "Почему Хаус хромаете?"),
    ],
)
def test_a_question_names_whom_it_is_about(language, name, asked, told):
    assert addressed(asked, name, language) == told
