"""What the card says of a campaign, and what its files hold."""

from __future__ import annotations

import csv
import io
import json

import pytest

from samovar.marketing.card import card, clean, downloads, verdict
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.core import Campaign
from samovar.marketing.facts.brief import TONES
from samovar.marketing.tab import SAMPLES, example
from samovar.phrases import LANGUAGES
from samovar.records import Copy, Cost, Problem

FAULT = (Problem("number", "7 gallons", "Nothing in the sheet says so."),)
GOOD = Copy('=Hush "boils",\nthen rests.', (), ("number",), "plain")
FAULTY = Copy("Hush holds 7 gallons.", FAULT, ("number",), "bold")
UNCHECKED = Copy("Hush.", tone="plain")
COST = Cost(1.0, "a model", "an engine")


def campaign(*texts: Copy, **more: object) -> Campaign:
    known = {"cost": COST, "form": FORMS["post"], **more}
    return Campaign("Hush", "post", len(texts), 9, 9, texts, **known)  # type: ignore[arg-type]


def test_only_a_text_that_was_checked_and_has_no_fault_counts():
    assert [clean(one) for one in (GOOD, FAULTY, UNCHECKED)] == [True, False, False]
    body = card(campaign(GOOD, FAULTY, UNCHECKED), "en", "Hush").body
    assert "<span data-tally>1/3</span>" in body
    assert body.count("data-clean") == 1


def test_a_file_is_its_head_and_what_each_text_stands_for_in_it():
    table, lines = downloads(campaign(GOOD, FAULTY))
    records = [verdict(one, "post", None, "en").records for one in (GOOD, FAULTY)]
    for file in (table, lines):
        assert file.text == (file.head or "") + "".join(record[file.name] for record in records)
    first, second = csv.DictReader(io.StringIO(table.text))
    assert first == {"channel": "post", "tone": "plain", "text": f"'{GOOD.text}", "problems": ""}
    assert second["problems"] == "number: 7 gallons (Nothing in the sheet says so.)"
    assert [json.loads(line)["text"] for line in lines.text.splitlines()] == [
        GOOD.text,
        FAULTY.text,
    ]


@pytest.mark.parametrize(
    ("channel", "language", "said"),
    [
        ("post", "en", "text: 21 of 500 characters"),
        ("slogan", "en", "text: 4 of 8 words"),
        ("banner", "ru", "заголовок: 21 из 30 знаков"),
    ],
)
def test_a_length_is_told_in_what_its_channel_counts(channel, language, said):
    assert said in verdict(FAULTY, channel, FORMS[channel], language).body


def test_texts_of_several_tones_stand_side_by_side():
    assert 'class="copies beside"' in card(campaign(GOOD, FAULTY), "en", "Hush").body
    assert "beside" not in card(campaign(GOOD, UNCHECKED), "en", "Hush").body


@pytest.mark.parametrize(
    ("language", "said"), [("en", "both “Weighs 1 kg” and"), ("ru", "есть и «W")]
)
def test_a_sheet_that_contradicts_itself_is_told_above_the_texts(language, said):
    doubtful = campaign(GOOD, doubts=(("Weighs 1 kg.", "Weighs 2 kg."),))
    assert said in card(doubtful, language, "Hush").body
    assert "notice" not in card(campaign(GOOD), language, "Hush").body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_opens_with_an_example_in_its_language(language):
    body = example(language).body
    cyrillic = sum("а" <= letter <= "я" for letter in body.lower())
    assert (cyrillic > 1000) is (language == "ru")
    assert {tone for _, _, tone in SAMPLES[language]} <= set(TONES)
