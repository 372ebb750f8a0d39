"""The filter on the real encoder: what is said twice and what belongs to another sheet falls out."""

from __future__ import annotations

import pytest

from samovar.marketing.texts import Ad, ads, sheets
from samovar.models.shelf import shelf
from training.marketing import pairs, statistics
from training.marketing.similarity import rows


@pytest.fixture(scope="module")
def known():
    return sheets(shelf().settings.data)


@pytest.fixture(scope="module")
def found(known):
    first, *others = ads(shelf().settings.data / "marketing" / "texts-en.jsonl")[:4]
    other = next(brief for brief in known.values() if brief.category == "kettle")
    again = Ad(first.sheet, "post", "bold", "en", first.text.replace("rarely", "seldom"))
    stray = Ad(other.id, "post", "plain", "en", first.text)
    return rows([first, *others, again, stray], known, shelf().encoder("multilingual-e5-small"))


def test_a_text_that_says_the_same_again_falls_out(found):
    assert [row.dropped for row in found] == ["", "", "", "", "near", "far"]
    assert found[4].like == found[0].ad.text and found[4].near > found[1].near


def test_the_own_sheet_is_nearer_than_nearly_all_others(found):
    *own, stray = found
    assert min(row.lead for row in own) > stray.lead
    assert all(row.lead > max(row.others) for row in own)


def test_numbers_and_picture_tell_what_fell_out(found, tmp_path):
    numbers = statistics.counted(found, {"en": 1})
    row = numbers["languages"]["en"]
    assert (row["texts"], row["kept"], row["dropped"]) == (6, 4, {"near": 1, "far": 1})
    said = "\n".join(statistics.told(numbers, found))
    assert "1 too close to another, 1 too far from its sheet" in said and "far " in said
    statistics.draw(found, tmp_path / "filter.png")
    assert (tmp_path / "filter.png").read_bytes().startswith(b"\x89PNG")


def test_sheets_are_held_out_whole_and_further_ones_move_few():
    listed = [Ad(f"s{at}", "post", "plain", "en", "x") for at in range(50)]
    held = pairs.held_out(listed)
    assert len(held) == 4
    assert len(held & pairs.held_out([*listed, Ad("new", "post", "plain", "en", "x")])) >= 3
