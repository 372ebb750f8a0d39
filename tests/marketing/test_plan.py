"""A draft tells a part of the sheet: chosen by its seed when it is written, read off the text when one learns."""

from __future__ import annotations

import pytest

from samovar.marketing.checks.forms import FORMS
from samovar.marketing.facts.brief import Brief
from samovar.marketing.plan import PARTS, part, told

BRIEF = Brief(
    "id",
    "Alpaka Mug",
    "mugs",
    "en",
    "people who work outdoors",
    ("Holds 350 ml.", "Keeps tea hot for 6 hours.", "Weighs 240 grams.", "The lid locks."),
    ("No spills in a bag", "Fits a bicycle holder"),
    "EUR 1,250 per box",
    ("that it never breaks",),
)


def test_every_channel_has_a_part():
    assert set(PARTS) >= set(FORMS)


@pytest.mark.parametrize("channel", PARTS)
def test_a_draft_tells_a_part_of_the_sheet_and_nothing_that_is_forbidden(channel):
    for seed in range(30):
        chosen = part(BRIEF, channel, seed)
        assert chosen == part(BRIEF, channel, seed)
        assert set(chosen.facts) <= set(BRIEF.facts) and set(chosen.benefits) <= set(BRIEF.benefits)
        assert list(chosen.facts) == [one for one in BRIEF.facts if one in chosen.facts]
        assert chosen.facts or chosen.benefits
        assert (chosen.name, chosen.audience, chosen.forbidden) == (BRIEF.name, BRIEF.audience, ())


def test_drafts_differ_and_an_email_tells_the_price():
    posts = {part(BRIEF, "post", seed).facts for seed in range(12)}
    assert len(posts) > 3
    assert all(part(BRIEF, "email", seed).price == BRIEF.price for seed in range(5))


def test_a_sheet_without_benefits_gives_facts_in_their_place():
    bare = Brief("", "Mug", "", "en", "", BRIEF.facts, (), "", ())
    assert all(part(bare, "slogan", seed).facts for seed in range(10))
    empty = Brief("", "Mug", "", "en", "", (), (), "EUR 5", ())
    assert part(empty, "post", 1).facts == ()


@pytest.mark.parametrize(
    ("text", "facts", "benefits", "price"),
    [
        ("Alpaka Mug keeps your tea hot for 6 hours.", ("Keeps tea hot for 6 hours.",), (), False),
        ("The lid of the mug locks: no spills in your bag.", ("The lid locks.",), (0,), False),
        ("A box of Alpaka Mug costs EUR 1250.", (), (0, 1), True),
        ("Outdoors again.", (), (0, 1), False),
    ],
)
def test_what_a_text_tells_is_read_off_it(text, facts, benefits, price):
    said = told(BRIEF, text)
    assert said.facts == facts
    if not price:
        assert said.benefits == tuple(BRIEF.benefits[at] for at in benefits)
    assert bool(said.price) is price and said.forbidden == ()
