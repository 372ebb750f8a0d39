"""The checks of an advertising text, without a model: "text → problems"."""

import pytest

from samovar.marketing.brief import CHANNELS, Brief, parsed
from samovar.marketing.claims import Draft, problems
from samovar.marketing.core import trimmed

SHEET = parsed(
    "Name: Hush 1.5\nAudience: light sleepers\nFacts: Holds 1.5 litres. Boils a full load in 4 minutes."
    " Has a double steel wall.\nBenefits: Green tea does not turn bitter\nPrice: EUR 1,059\n"
    "Forbidden: that it is silent; zero energy loss"
)
GOOD = "Meet Hush 1.5! It holds 1.5 litres and boils a full load in 4 minutes. Write to us."


def named_problems(text: str, channel: str = "post", brief: Brief = SHEET) -> list[str]:
    draft = Draft(text, brief, CHANNELS[channel], ("PulseWatch", "Ondralux Nine"))
    return [f"{problem.check}: {problem.value}" for problem in problems(draft)]


def test_a_text_that_keeps_to_the_sheet_has_no_problem():
    assert named_problems(GOOD) == []


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        (" It boils in 3 minutes.", "number: 3"),
        (" It boils a full load in three minutes.", "number: 3"),
        (" It boils a full load in 4 hours.", "unit: 4 hour"),
        (" The price is $1,059.", "currency: usd"),
        (" It is the best kettle with a steel wall.", "claim: best"),
        (" Guaranteed: a double steel wall.", "claim: guaranteed"),
        (" The double steel wall is free.", "claim: free"),
        (" The №1 double steel wall.", "claim: №1"),
        (" Silent, with a double steel wall.", "forbidden: that it is silent"),
        (" Zero loss of energy, double steel wall.", "forbidden: zero energy loss"),
        (" PulseWatch has a double steel wall.", "other product: PulseWatch"),
        (" Toilets and mountains sing.", "unsupported: Toilets and mountains sing."),
        (" It has a double steel", "unfinished: …s. It has a double steel"),
        (" It boils fast. It boils fast.", "repetition: it boils fast."),
    ],
)
def test_what_the_sheet_does_not_say_is_named(added, problem):
    assert problem in named_problems(GOOD + added)


@pytest.mark.parametrize(
    "added",
    [
        " The price is EUR 1059.",
        " The price is €1,059.",
        " Holds 1.50 litres.",
        " Holds 1.5-litre loads.",
        "\n\nBest regards",
        " Where will you take it first?",
    ],
)
def test_other_spellings_of_the_sheet_pass(added):
    assert named_problems(GOOD + added) == []


def test_a_claim_that_the_sheet_makes_is_allowed():
    sheet = parsed("Name: Hush 1.5\nFacts: Holds 1.5 litres. Delivery is free.")
    text = "This is Hush 1.5. It holds 1.5 litres. Delivery is free. Where would you keep it? Write to us."
    assert named_problems(text, brief=sheet) == []


@pytest.mark.parametrize(
    ("channel", "text", "problem"),
    [
        ("ad", "Hush 1.5." + " Steel wall." * 30, "length: 369"),
        ("slogan", "Hush 1.5.", "length: 2"),
        ("slogan", "Hush 1.5: tea and", "unfinished: …Hush 1.5: tea and"),
        ("ad", "It has a double steel wall and holds 1.5 litres.", "name: missing"),
    ],
)
def test_each_channel_has_its_form(channel, text, problem):
    assert problem in named_problems(text, channel)


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
