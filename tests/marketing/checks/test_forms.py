"""The form of each channel: "text → length problems", as the channel counts."""

import pytest

from samovar.marketing.checks.forms import FORMS, message_length
from samovar.marketing.checks.kinds import REASONS, reason, told
from samovar.phrases import LANGUAGES
from samovar.records import Problem


def lengths(channel: str, text: str) -> list[tuple[str, int, bool]]:
    return [
        (part.name, size, part.least <= size <= most)
        for part, size, most in FORMS[channel].lengths(text)
    ]


@pytest.mark.parametrize(
    ("channel", "text", "found"),
    [
        ("post", "a" * 119, [("text", 119, False)]),
        ("post", "a" * 500, [("text", 500, True)]),
        ("email", "Tea\n\n" + "a" * 300, [("subject", 3, True), ("text", 300, True)]),
        ("email", "Tea\n\n" + "a" * 901, [("subject", 3, True), ("text", 901, False)]),
        ("email", "a" * 300, [("subject", 300, False), ("text", 0, False)]),
        ("banner", "a" * 30 + "\n" + "b" * 90, [("headline", 30, True), ("text", 90, True)]),
        ("banner", "a" * 31 + "\n" + "b" * 91, [("headline", 31, False), ("text", 91, False)]),
        ("landing", "Tea\n\n" + "a" * 395, [("headline", 3, True), ("text", 400, True)]),
        ("landing", "Tea\n\n" + "a" * 1196, [("headline", 3, True), ("text", 1201, False)]),
        ("slogan", "Tea", [("text", 1, False)]),
        ("slogan", "Tea that waits for you", [("text", 5, True)]),
        ("sms", "a" * 306, [("text", 306, True)]),
        ("sms", "a" * 307, [("text", 307, False)]),
        ("sms", "я" * 134, [("text", 134, True)]),
        ("sms", "я" * 135, [("text", 135, False)]),
    ],
)
def test_lengths_are_those_of_the_channel(channel, text, found):
    assert lengths(channel, text) == found


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("For 5 €", (8, 306)),
        ("[ok]", (6, 306)),
        ("naïve", (5, 134)),
        ("Чай", (3, 134)),
        ("tea 🍵", (6, 134)),
    ],
)
def test_a_message_is_counted_as_networks_do(text, counted):
    assert message_length(text) == counted


def test_a_reason_is_said_in_the_language_of_the_page():
    problem = Problem("length", "20", "…", "headline 1–30")
    assert told(problem, "en").reason == "Allowed: headline 1–30."
    assert told(problem, "ru").reason == "Допустимо: заголовок 1–30."


@pytest.mark.parametrize("kind", [*REASONS, "discount", "number"])
def test_every_reason_is_there_in_both_languages(kind):
    fact = "text 1–30" if kind == "length" else "X 1"
    english, russian = (reason(kind, fact, language) for language in LANGUAGES)
    assert english and russian and english != russian
