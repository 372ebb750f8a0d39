"""What is done with a text before it is checked, and how a sheet is read from what a visitor writes."""

import pytest

from samovar.marketing.core import trimmed
from samovar.marketing.facts.brief import parsed


def test_a_long_text_is_cut_after_a_sentence():
    text = "Hush 1.5\n\nIt holds tea. It holds tea. It boils water. And it"
    assert trimmed(text, 500, "post") == "Hush 1.5\n\nIt holds tea. It boils water."
    assert trimmed(text, 30, "post") == "Hush 1.5\n\nIt holds tea."


@pytest.mark.parametrize(
    ("sheet", "name", "facts"),
    [
        ("Name: Hush\nHolds 1.5 litres. Boils.", "Hush", ("Holds 1.5 litres.", "Boils.")),
        ("Hush Mini\n- Holds a cup\n- Is blue", "Hush Mini", ("Holds a cup", "Is blue")),
        ("The Hush Mini 2 holds a cup.", "Hush Mini 2", ("The Hush Mini 2 holds a cup.",)),
        ("a nice red kettle", "", ("a nice red kettle",)),
    ],
)
def test_a_sheet_may_be_lines_or_free_text(sheet, name, facts):
    assert (parsed(sheet).name, parsed(sheet).facts) == (name, facts)
