"""Who writes drafts, in which styles, and how drafts are cleaned."""

from __future__ import annotations

import threading

import pytest
from told_models import ADAPTER, ToldChat

from samovar.paraphrase.generation.larger import SEED_STEP, Larger
from samovar.paraphrase.generation.prompt import SAMPLES
from samovar.paraphrase.generation.selection import twin
from samovar.paraphrase.generation.writers import Draft, LargerWriter, SmallWriter, cleaned
from samovar.paraphrase.validation.styles import STARTS, STYLES

TEXT = "dim the bedroom lamp"


def test_the_small_model_writes_many_and_says_which_are_cut():
    chat = ToldChat("Lower the light", "Less light", finish="length")
    drafts = SmallWriter(chat, "paraphrase-smollm2", 3).drafts(TEXT, "en", 0, 1, (), None)
    assert len(drafts) == SAMPLES and {draft.finished for draft in drafts} == {False}
    assert {draft.text for draft in drafts} == {"Lower the light", "Less light"}
    assert {request.adapter for request in chat.asked} == {"paraphrase-smollm2"}


def test_a_stopped_round_gives_what_was_ready():
    stop = threading.Event()
    stop.set()
    chat = ToldChat("Lower the light")
    larger = Larger(chat, ADAPTER)
    for writer in (SmallWriter(chat, None, 3), LargerWriter(larger, 4, 3)):
        assert writer.drafts(TEXT, "en", 0, 0, (), stop) == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_larger_model_begins_half_of_its_drafts_in_the_styles_that_are_missing(language):
    chat = ToldChat("so")
    writer = LargerWriter(Larger(chat, ADAPTER), 4, 3)
    drafts = writer.drafts(TEXT, language, 0, 0, tuple(STYLES), None)
    begun = [request.prefix for request in chat.asked]
    assert len(drafts) == 4 and begun.count("") == 2
    assert set(begun) - {""} == {listed[0] for listed in STARTS[language].values()}
    assert [draft.text for draft in drafts] == [f"{start} so".strip() for start in begun]
    later = ToldChat("so")
    LargerWriter(Larger(later, ADAPTER), 4, 3).drafts(TEXT, language, 0, 1, tuple(STYLES), None)
    assert set(begun) & {request.prefix for request in later.asked} == {""}


def test_the_larger_model_writes_freely_where_no_style_is_missing():
    chat = ToldChat("so")
    LargerWriter(Larger(chat, ADAPTER), 4, 3).drafts(TEXT, "en", 0, 0, ("reworded",), None)
    assert [request.prefix for request in chat.asked] == [""] * 4


def test_rounds_of_the_larger_model_share_no_seed():
    chat = ToldChat("so")
    writer = LargerWriter(Larger(chat, ADAPTER), 4, 3)
    for turn in range(3):
        writer.drafts(TEXT, "en", 7, turn, (), None)
    seeds = [request.sampling.seed for request in chat.asked]
    assert seeds == [7 + SEED_STEP * at for at in range(12)]


@pytest.mark.parametrize(
    ("said", "original", "expected"),
    [
        ('"Dim the lamp"', "x", "Dim the lamp"),
        ("«Убавь свет»", "x", "Убавь свет"),
        ("“Dim the lamp.”", "x", "Dim the lamp."),
        (" dim  the\n lamp ", "x", "dim the lamp"),
        ("dim the lamp", "Dim it", "Dim the lamp"),
        ("убавь свет", "Свет!", "Убавь свет"),
        ('Play "Yesterday"', "x", 'Play "Yesterday"'),
        ('"Help" after "Yesterday"', "x", '"Help" after "Yesterday"'),
        ("'Tis late, dim the lamps'", "x", "Tis late, dim the lamps"),
        ('"Dim the lamp', "x", "Dim the lamp"),
        ("включи «Аквариум»", "x", "включи «Аквариум»"),
        ("feed the dogs'", "x", "feed the dogs'"),
    ],
)
def test_a_draft_loses_the_quotes_around_it_and_no_others(said, original, expected):
    assert cleaned([Draft(said, True)], original) == [Draft(expected, True)]


def test_blank_drafts_are_left_out_and_cut_ones_stay_cut():
    drafts = [Draft(text, False) for text in ("", ' "" ', "«", "so")]
    assert cleaned(drafts, "x") == [Draft("so", False)]


def test_near_copies_are_twins_of_each_other():
    taken = ["Could you please dim the bedroom lamp?"]
    assert twin("could you please dim the bedroom lamp now", taken)
    assert not twin("Less light in the bedroom", taken) and not twin(taken[0], [])
