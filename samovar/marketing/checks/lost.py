"""Conditions that a text leaves out: "per line", "up to", "on the lowest setting", «при чтении 30 минут»."""

from __future__ import annotations

import re

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.checks.quantities import used
from samovar.marketing.facts.bounds import bounds_in
from samovar.marketing.facts.conditions import Condition
from samovar.marketing.facts.quantity import Quantity, same, same_amount, truly_within
from samovar.marketing.facts.reading import Fact, Sentence, Sheet
from samovar.marketing.facts.sums import follows
from samovar.marketing.facts.words import family

FITTING = {"up": {"up", "under"}, "from": {"from", "over"}, "over": {"over", "from"}}
"""Bound of the sheet → bounds that a text may have instead."""
CORE = 0.6
"""Share of a fact's own words from which a sentence without its number tells that fact."""
WITHIN = re.compile(r"\bwithin\s*$")
"""A time "within 3 seconds" may be told as "in 3 s"."""
BY = re.compile(r"\bby\s*$")
"""A day "until 31 March" may be told as "by 31 March"."""
NOTICES = re.compile(
    r"\b(?:finds?|marks?|detects?|notices?|sees?)\b|(?:замеча|отмеча|наход|вид|обнаружива)\w+",
    re.IGNORECASE,
)
"""What notices values "from" a number on notices that number."""
MODAL = re.compile(
    r"\b(?:can|could|may|might|room for|possible)\b"
    r"|(?<!\w)(?:мо(?:гут|жет|жно|жете)|возможн\w+|(?:хват|успе|умест|умещ|помест)\w+)(?!\w)",
    re.IGNORECASE,
)
"""What one can have is as much as "up to" that, unless one always has it."""
ALWAYS = re.compile(r"\b(?:always|every time|each time)\b|(?<!\w)всегда(?!\w)", re.IGNORECASE)
TAXED = re.compile(r"excluding|plus|без", re.IGNORECASE)
"""Beginnings of conditions that hold of any sum that is worked out from a price."""
SUPPOSED = re.compile(r"(?<!\w)(?:if|when|unless|если|когда)(?!\w)", re.IGNORECASE)
SHORT = re.compile(r"/\s?([^\W\d_]+)")
"""A unit behind a stroke: "tags/s"."""
OTHERS = re.compile(r"(?:,|\s)(?:and|but|и|а)\s*$")


def check(draft: Draft) -> list[Finding]:
    """Find facts told without what limits them."""
    found = []
    for at, sentence in enumerate(draft.sentences):
        near = draft.sentences[max(0, at - 1) : at + 2]
        kept = _told_later(draft, at) if draft.heads(sentence) else []
        told: list[Fact] = []
        for quantity, hits in used(sentence, draft.sheet):
            hits = [(fact, own) for fact, own in hits if same(quantity, own)]
            told += [fact for fact, _ in hits]
            lost = [_lost(quantity, own, fact, sentence, near, draft.sheet) for fact, own in hits]
            if not hits and quantity.money and follows(quantity, near, draft.sheet):
                lost = _worked_out(quantity, sentence, near, draft.sheet)
            if lost and all(lost) and not any(same(quantity, one) for one in kept):
                found.append(Finding("lost_condition", quantity.words, lost[0]))
        for fact in draft.sheet.facts:
            if fact not in told and (words := _untold(sentence, fact, near, draft.sheet)):
                found.append(Finding("lost_condition", sentence.text, words))
    return found


def _told_later(draft: Draft, at: int) -> list[Quantity]:
    """Return the numbers that the text behind a headline tells with all that limits them."""
    whole = []
    for place, sentence in enumerate(draft.sentences[at + 1 :], at + 1):
        near = draft.sentences[place - 1 : place + 2]
        for quantity, hits in used(sentence, draft.sheet):
            lost = [_lost(quantity, own, fact, sentence, near, draft.sheet) for fact, own in hits]
            if lost and not all(lost):
                whole.append(quantity)
    return whole


def _lost(
    quantity: Quantity,
    own: Quantity,
    fact: Fact,
    sentence: Sentence,
    near: tuple[Sentence, ...],
    sheet: Sheet,
) -> str:
    """Return what is missing of a fact whose number is told; empty when nothing is."""
    if _unbounded(quantity, own, fact, sentence):
        return fact.sentence.text
    supposed = SUPPOSED.search(sentence.text, 0, quantity.start)
    more = quantity.bound == "over" and not truly_within(quantity, own)
    if not own.bound and more and not supposed:
        return fact.sentence.text
    told = [q for one in near for q in one.quantities]
    lost = [
        each
        for each in _binding(fact, own, sheet)
        if not _kept(each, near) and not _measured(each, fact, told)
    ]
    return lost[0].words if lost else ""


def _unbounded(quantity: Quantity, own: Quantity, fact: Fact, sentence: Sentence) -> bool:
    """Tell whether a sentence tells a number as if the sheet did not bound it."""
    origin = own.bound == "from" and not own.unit and not fact.price  # "comes from 70 hives"
    fitting = FITTING.get(own.bound, {own.bound})
    ranged = own.ranged or quantity.ranged
    spoken = {quantity.bound, *bounds_in(sentence.text) & {"up", "from", "about"}}
    if not own.bound or origin or ranged or spoken & fitting:
        return False
    before = fact.sentence.text[: own.start]
    soon = own.unit == "s" and WITHIN.search(before)
    dated = own.bound == "up" and BY.search(sentence.text, 0, quantity.start)
    noticed = own.bound == "from" and NOTICES.search(before)
    possible = (
        own.bound == "up" and MODAL.search(sentence.text) and not ALWAYS.search(sentence.text)
    )
    return not (soon or dated or noticed or possible)


def _worked_out(
    quantity: Quantity, sentence: Sentence, near: tuple[Sentence, ...], sheet: Sheet
) -> list[str]:
    """Return what a sum leaves out of each price that it may be worked out from; "" where nothing."""
    return [
        fact.sentence.text
        if _unbounded(quantity, own, fact, sentence)
        or any(TAXED.match(each.words) and not _kept(each, near) for each in fact.conditions)
        else ""
        for fact, own in sheet.quantities
        if fact.price and own.unit == quantity.unit
    ]


def _measured(condition: Condition, fact: Fact, told: list[Quantity]) -> bool:
    """Tell whether the number of a condition is told, whatever the words beside it."""
    own = [q for q in fact.sentence.quantities if condition.start <= q.start < condition.stop]
    return bool(own) and all(
        any(same(q, other) or (not other.unit and same_amount(q, other)) for other in told)
        for q in own
    )


def _binding(fact: Fact, own: Quantity, sheet: Sheet) -> list[Condition]:
    """Return the conditions of `fact` that a text must keep beside the number `own`."""
    if fact.price and not own.money:
        return []
    product = sheet.names.union(
        *(one.known for one in sheet.others[:2])
    )  # "per course" of a course
    return [
        each
        for each in fact.conditions
        if each.binding
        and each.stems - product
        and not each.start <= own.start < each.stop
        and not _divided(fact, own, each)
        # a measured value holds "with the lid closed"; a count of things "with contents" is one all the same
        and (bool(own.unit) or not each.words.lower().startswith("with "))
    ]


def _divided(fact: Fact, own: Quantity, condition: Condition) -> bool:
    """Tell whether another number stands between `own` and a condition, which is then that one's."""
    first, last = sorted((own.start, condition.start))
    others = [q for q in fact.sentence.quantities if q != own]
    between = any(first < q.start < last for q in others)
    # "until 8 pm and on Saturdays until 2 pm"
    joined = OTHERS.search(fact.sentence.text[: condition.start])
    apart = bool(joined) and any(q.start > condition.start > own.start for q in others)
    return not fact.price and (between or apart)


def _kept(condition: Condition, near: tuple[Sentence, ...]) -> bool:
    known = frozenset().union(*(one.known for one in near))
    short = [each.lower() for one in near for each in SHORT.findall(one.text)]
    if any(stem.startswith(each) for stem in condition.stems for each in short):
        return True
    kept = sum(any(family(stem, other) for other in known) for stem in condition.stems)
    return kept * 2 >= len(condition.stems)


def _untold(sentence: Sentence, fact: Fact, near: tuple[Sentence, ...], sheet: Sheet) -> str:
    """Return the condition that a sentence drops which tells the rest of a fact; else nothing."""
    binding = [each for each in fact.conditions if each.strict and each.stems]
    # "for orders before 3 pm": the numbers behind a condition are its own
    free = [q for q in fact.sentence.quantities if not any(c.start <= q.start for c in binding)]
    if not binding or free:
        return ""
    core = fact.sentence.known.difference(sheet.names, *(each.stems for each in binding))
    said = len(core & sentence.known)
    if said < 2 or said < CORE * len(core):
        return ""
    lost = [each for each in binding if not _kept(each, near)]
    return lost[0].words if lost else ""
