"""Conditions that a text leaves out: "per line", "up to", "on the lowest setting", «при чтении 30 минут»."""

from __future__ import annotations

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.checks.quantities import used
from samovar.marketing.facts.conditions import Condition
from samovar.marketing.facts.quantity import Quantity, bounds_in, same, truly_within
from samovar.marketing.facts.reading import Fact, Sentence, Sheet

FITTING = {"up": {"up", "under"}, "from": {"from", "over"}, "over": {"over", "from"}}
"""Bound of the sheet → bounds that a text may have instead."""
CORE = 0.6
"""Share of a fact's own words from which a sentence without its number tells that fact."""
SHORT, LONG = 3, 5
"""Letters by which two stems are of one family: «год», «годов»."""


def check(draft: Draft) -> list[Finding]:
    """Find facts told without what limits them."""
    found = []
    for at, sentence in enumerate(draft.sentences):
        near = draft.sentences[max(0, at - 1) : at + 2]
        told: list[Fact] = []
        for quantity, hits in used(sentence, draft.sheet):
            told += [fact for fact, _ in hits]
            lost = [_lost(quantity, own, fact, sentence, near, draft.sheet) for fact, own in hits]
            if lost and all(lost):
                found.append(Finding("lost_condition", quantity.words, lost[0]))
        for fact in draft.sheet.facts:
            if fact not in told and (words := _untold(sentence, fact, near, draft.sheet)):
                found.append(Finding("lost_condition", sentence.text, words))
    return found


def _lost(
    quantity: Quantity,
    own: Quantity,
    fact: Fact,
    sentence: Sentence,
    near: tuple[Sentence, ...],
    sheet: Sheet,
) -> str:
    """Return what is missing of a fact whose number is told; empty when nothing is."""
    origin = own.bound == "from" and not own.unit and not fact.price  # "comes from 70 hives"
    fitting = FITTING.get(own.bound, {own.bound})
    ranged = own.ranged or quantity.ranged
    spoken = {quantity.bound, *bounds_in(sentence.text)}
    if own.bound and not origin and not ranged and not spoken & fitting:
        return fact.sentence.text
    if not own.bound and quantity.bound == "over" and not truly_within(quantity, own):
        return fact.sentence.text
    known = frozenset().union(*(one.known for one in near))
    told = [q for one in near for q in one.quantities]
    lost = [
        each
        for each in _binding(fact, own, sheet)
        if not _kept(each, known) and not _measured(each, fact, told)
    ]
    return lost[0].words if lost else ""


def _measured(condition: Condition, fact: Fact, told: list[Quantity]) -> bool:
    """Tell whether the number of a condition is told, whatever the words beside it."""
    own = [q for q in fact.sentence.quantities if condition.start <= q.start < condition.stop]
    return bool(own) and all(any(same(q, other) for other in told) for q in own)


def _binding(fact: Fact, own: Quantity, sheet: Sheet) -> list[Condition]:
    """Return the conditions of `fact` that a text must keep beside the number `own`."""
    return [
        each
        for each in fact.conditions
        if each.binding
        and each.stems - sheet.names
        and not each.start <= own.start < each.stop
        and not _divided(fact, own, each)
    ]


def _divided(fact: Fact, own: Quantity, condition: Condition) -> bool:
    """Tell whether another number stands between `own` and a condition, which is then that one's."""
    first, last = sorted((own.start, condition.start))
    others = (q for q in fact.sentence.quantities if q != own)
    return not fact.price and any(first < q.start < last for q in others)


def _kept(condition: Condition, known: frozenset[str]) -> bool:
    kept = sum(any(family(stem, other) for other in known) for stem in condition.stems)
    return kept * 2 >= len(condition.stems)


def family(one: str, other: str) -> bool:
    """Tell whether two stems are of one family: «год», «годов»."""
    short = min(len(one), len(other), LONG)
    return one == other or (short >= SHORT and one[:short] == other[:short])


def _untold(sentence: Sentence, fact: Fact, near: tuple[Sentence, ...], sheet: Sheet) -> str:
    """Return the condition that a sentence drops which tells the rest of a fact; else nothing."""
    binding = [each for each in fact.conditions if each.strict and each.stems]
    free = [
        q for q in fact.sentence.quantities if not any(c.start <= q.start < c.stop for c in binding)
    ]
    if not binding or free:
        return ""
    known = frozenset().union(*(one.known for one in near))
    core = fact.sentence.known.difference(sheet.names, *(each.stems for each in binding))
    said = len(core & sentence.known)
    if said < 2 or said < CORE * len(core):
        return ""
    lost = [each for each in binding if not _kept(each, known)]
    return lost[0].words if lost else ""
