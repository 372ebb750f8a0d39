"""The prompt that training, evaluation and serving share."""

import pytest

from samovar.marketing.checks.forms import FORMS
from samovar.marketing.facts.brief import CHANNELS, TONES, parsed
from samovar.marketing.prompt import KINDS, PARTS, VOICES, Example, limits, longest, requests, turns

FLASK = parsed("Name: Tundra Flask\nHolds 1.5 litres. Weighs 350 grams.\nPrice: EUR 40")
LADDER = parsed("Name: Stilla Step\nCarries 160 kg.")
RUSSIAN = parsed("Название: Термос «Кедр»\nВес 350 граммов.\nНельзя: что не бьётся")


def test_every_channel_tone_and_part_has_a_name():
    assert set(FORMS) == set(KINDS) >= set(CHANNELS)
    assert set(VOICES) >= set(TONES)
    assert {part.name for form in FORMS.values() for part in form.parts} <= set(PARTS)


def test_the_whole_sheet_stands_in_it_and_no_empty_line():
    system, asked = turns(FLASK, "en", "banner", "bold")
    assert (system.role, asked.role) == ("system", "user")
    assert "Tone: bold. Length: headline 1–30, text 1–90 characters." in asked.text
    for line in ("Product: Tundra Flask", "Holds 1.5 litres; Weighs 350 grams", "Price: EUR 40"):
        assert line in asked.text
    assert "Benefits" not in asked.text and "Never say" not in asked.text


def test_it_is_said_in_the_language_of_the_sheet():
    _, asked = turns(RUSSIAN, "ru", "email", "expert")
    assert "Тон: экспертный" in asked.text
    assert "тема 1–78, текст 300–900 знаков" in asked.text
    assert "Нельзя говорить: что не бьётся" in asked.text


@pytest.mark.parametrize(("language", "signs"), [("en", 306), ("ru", 134)])
def test_an_sms_holds_what_two_parts_hold_in_its_letters(language, signs):
    assert limits(FORMS["sms"], language).startswith(f"1–{signs} ")


def test_examples_come_before_the_question():
    shown = [Example(LADDER, "plain", "Up when you need it.")]
    said = turns(FLASK, "en", "slogan", "plain", shown)
    assert [turn.role for turn in said] == ["system", "user", "assistant", "user"]
    assert "Stilla Step" in said[1].text and said[2].text == "Up when you need it."


def test_samples_differ_by_their_seed_and_have_room_for_the_longest_text():
    asked = requests(FLASK, "en", "landing", "plain", 3, 5, "tuned")
    assert {request.sampling.seed for request in asked} == {5000, 5001, 5002}
    assert {request.adapter for request in asked} == {"tuned"}
    assert all(longest(name, "ru") > longest(name, "en") >= 24 for name in FORMS)
