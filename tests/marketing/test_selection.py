"""The best drafts of each tone are chosen; every other one keeps the reason why it was not."""

from samovar.marketing.channels import ALL, tones
from samovar.marketing.facts.brief import TONES
from samovar.marketing.selection import chosen
from samovar.records import Copy, Problem

FAULT = (Problem("number", "12", "Nothing in the sheet says so."),)
TEA = "The kettle boils a litre of water in four minutes."
JAM = "Strawberry jam stands on the lowest shelf of our cellar."


def test_a_fault_puts_a_draft_behind_and_a_repeated_one_is_named():
    faulty, tea, again, jam = Copy(TEA, FAULT), Copy(TEA), Copy(f"{TEA} "), Copy(JAM)
    best, dropped = chosen([faulty, tea, again, jam], None, ("",) * 2)
    assert [one.text for one in best] == [TEA, JAM]
    assert [(one.copy, one.like) for one in dropped] == [(faulty, 1), (again, 1)]


def test_a_draft_that_is_only_one_too_many_repeats_nothing():
    best, dropped = chosen([Copy(TEA), Copy(JAM)], None, ("",))
    assert ([one.text for one in best], [one.like for one in dropped]) == ([TEA], [0])


def test_each_tone_keeps_its_own_best():
    drafts = [Copy(TEA, FAULT, tone="bold"), Copy(JAM, tone="expert"), Copy(TEA, tone="expert")]
    best, _ = chosen(drafts, None, ("bold", "expert"))
    assert [(one.tone, one.text) for one in best] == [("bold", TEA), ("expert", JAM)]


def test_all_tones_have_a_text_each():
    assert tones(ALL, 1) == tuple(TONES)
    assert tones(ALL, len(TONES) + 1) == (*TONES, next(iter(TONES)))
