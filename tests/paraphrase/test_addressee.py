"""Who is told, when, and who is to have something."""

import pytest

from samovar.paraphrase.addressee import misdirected
from samovar.paraphrase.form import odd_form


@pytest.mark.parametrize(
    ("original", "text", "found"),
    [
        ("text Marta that I'm late", "Could you text me that Marta is late?", "text me"),
        ("ask my landlord to call", "I'd like you to ask me to call my landlord", "ask me"),
        ("let me know once the cake is done", "Could you check once the cake is done?", ""),
        (
            "let me know once the oven beeps",
            "Do you know once the oven beeps?",
            "nobody is told when",
        ),
        ("we want the fish", "Could you please have the fish?", "you have"),
    ],
)
def test_another_person_or_time(original, text, found):
    assert misdirected(original, text, "en") == found


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("tell a joke", "tell me a joke"),
        ("show my list", "show me my list"),
        ("text Marta that I'm late", "I'd like you to text Marta that I'm late"),
        ("tell me when the oven beeps", "Please let me know when the oven beeps"),
        ("tell me when my flight will land", "when will my flight land"),
        ("we want the fish", "Could we have the fish?"),
        ("I'd like the parcel sent home", "Could you have the parcel sent home?"),
    ],
)
def test_the_same_person_at_the_same_time(original, text):
    assert misdirected(original, text, "en") == ""


def test_nobody_remembers_somebody_to_do_something():
    assert odd_form("Please remember Oskar to bring it.", "en") == "remember + Oskar to"
    assert odd_form("Please remember to bring it.", "en") == ""
