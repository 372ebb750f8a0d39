"""The form that opens from a sheet says what the sheet says, and leaves alone what one is typing."""

import pytest

from samovar.marketing.endpoint import shipped
from samovar.marketing.facts.brief import parsed
from samovar.marketing.sheet_form import LABELS, fields, opened, written

PASTED = "Name: Hush\nHolds 1.5 litres. Boils in 4 minutes.\nPrice: EUR 59"


@pytest.mark.parametrize("brief", list(shipped().values()), ids=lambda brief: brief.id)
def test_a_sheet_written_as_text_is_read_back(brief):
    assert fields(parsed(written(brief, brief.language or "en"))) == fields(brief)


def test_a_pasted_sheet_fills_the_form():
    filled = opened(PASTED, [""] * len(LABELS))
    assert dict(zip(LABELS, filled or (), strict=True)) == {
        "name": "Hush",
        "audience": "",
        "facts": "Holds 1.5 litres.\nBoils in 4 minutes.",
        "benefits": "",
        "price": "EUR 59",
        "forbidden": "",
    }


def test_a_field_in_which_one_types_is_left_alone():
    held = ["Hush ", "", "Holds 1.5 litres. Boils in 4 minutes", "", "EUR 59", ""]
    assert opened(PASTED, held) is None
    assert opened(PASTED, [*held[:4], "EUR 5", ""]) is not None


def test_an_emptied_sheet_empties_the_form():
    assert opened("  \n", ["Hush", "", "", "", "", ""]) == ("",) * len(LABELS)
