"""Numbers, units and currencies: each one of a text must stand in the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.quantity import Quantity, same, same_amount, truly_within
from samovar.marketing.facts.reading import Fact, Sentence, Sheet
from samovar.marketing.facts.sums import follows

ASKING = re.compile(r"\?\W*$")
SIGNS = frozenset({"no", "no.", ".", "№", "«", "»", '"'})
POINTED = re.compile(r"(?<!\w)(?:the|these|those|эти|этих)\s+$", re.IGNORECASE)
PAST = re.compile(r"\s*(?:ago|назад)(?!\w)", re.IGNORECASE)
PASSED = re.compile(r"(?:\bit is(?: \w+)?|прошл[оа]|на часах)\s*$", re.IGNORECASE)
"""Times of the reader's own day or life: "two years ago", "it is 2 a.m."."""
ENOUGH = re.compile(
    r"\b(?:room|enough|within|fits?)\b|(?<!\w)(?:хват|помест|умест|уклад)\w*", re.IGNORECASE
)
"""A sentence with these may name less than the most that the sheet allows."""
SMALL = 12
"""Counts in words up to here may count something of the reader's: "two questions decide"."""


def used(
    sentence: Sentence, sheet: Sheet
) -> Iterator[tuple[Quantity, list[tuple[Fact, Quantity]]]]:
    """Yield each quantity that `sentence` claims with the facts that have it."""
    for quantity in sentence.quantities:
        if named(sentence, quantity, sheet) or _inside(sentence, quantity, sheet):
            continue
        hits = [(fact, own) for fact, own in sheet.quantities if same(quantity, own)]
        if not hits and not quantity.unit and bare(sentence, quantity):
            hits = [(fact, own) for fact, own in sheet.quantities if same_amount(quantity, own)]
        if not quantity.optional and (hits or not _free(sentence, quantity, sheet)):
            yield quantity, hits


def named(sentence: Sentence, quantity: Quantity, sheet: Sheet) -> bool:
    """Tell whether a number is a part of the product's name: "Mist 4", «Страницы 7»."""
    if not any(_word(quantity, part) for part in sheet.brief.name.split()):
        return False
    before = [token.lower for token in sentence.tokens if token.end <= quantity.start]
    before = [word for word in before if word not in SIGNS]
    inside = [t.lower for t in sentence.tokens if t.start <= quantity.start < t.end]
    return any(_in_name(word, sheet) for word in (*before[-1:], *inside) if word.isalpha())


def _word(quantity: Quantity, part: str) -> bool:
    digits = re.sub(r"[^\d.,]", "", part).strip(".,").replace(",", ".")
    return digits == f"{quantity.amount:g}" or quantity.words.lower().startswith(part.lower())


def _in_name(word: str, sheet: Sheet) -> bool:
    stems = [part.strip("«»\"':,.").lower() for part in sheet.brief.name.split()]
    return any(
        part == word
        or (len(part) > 3 and part[: max(3, len(part) - 2)] == word[: max(3, len(part) - 2)])
        for part in stems
    )


def bare(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell whether nothing is counted by a number: a sign or the end stands behind it."""
    after = [token for token in sentence.tokens if token.start >= quantity.end]
    return not after or (
        after[0].pos in ("PUNCT", "ADP", "CCONJ", "AUX", "VERB", "PRON", "SCONJ")
        and after[0].relation != "amod"
    )


def _free(sentence: Sentence, quantity: Quantity, sheet: Sheet) -> bool:
    """Tell whether a number in words need not be the sheet's.

    A count of what the sheet does not count; "the two" that were named; a stretch of the reader's own life:
    a sentence that has nothing of the sheet ("two weeks of holiday").
    """
    if not quantity.spelled or quantity.money:
        return False
    if quantity.unit not in ("", "clock"):
        return quantity.amount <= SMALL and not sentence.known & sheet.known
    if quantity.amount <= SMALL and POINTED.search(sentence.text, 0, quantity.start):
        return True
    counted = set(nouns(sentence, quantity))
    if quantity.amount > SMALL:
        return bare(sentence, quantity)
    own = {stem for fact, q in sheet.quantities if not q.unit for stem in nouns(fact.sentence, q)}
    return not counted & own


def _inside(sentence: Sentence, quantity: Quantity, sheet: Sheet) -> bool:
    """Tell whether a number lies within a range of the sheet: four of "2 to 5 players"."""
    if quantity.bound or quantity.ranged or quantity.money:
        return False
    if PAST.match(sentence.text, quantity.end) or PASSED.search(sentence.text, 0, quantity.start):
        return True
    counted = set(nouns(sentence, quantity))
    for fact in sheet.facts:
        ends = [q for q in fact.sentence.quantities if q.ranged and q.unit == quantity.unit]
        for low, high in pairwise(ends):
            alike = counted & set(nouns(fact.sentence, high)) or (
                quantity.unit and sentence.known & fact.sentence.known - sheet.names
            )
            if low.value < quantity.value < high.value and alike:
                return True
        if ENOUGH.search(sentence.text) and any(
            q.bound == "up"
            and quantity.value < q.value
            and q.unit == quantity.unit
            and (q.unit or counted & set(nouns(fact.sentence, q)))
            for q in fact.sentence.quantities
        ):
            return True
    return False


def nouns(sentence: Sentence, quantity: Quantity) -> list[str]:
    """Return the stems of up to three words behind a number."""
    behind = [at for at, token in enumerate(sentence.tokens) if token.start >= quantity.end]
    found = []
    for at in behind[:4]:
        if sentence.tokens[at].pos in ("PUNCT", "ADP", "VERB", "AUX"):
            break
        if sentence.stems[at]:
            found.append(sentence.stems[at])
    return found


def check(draft: Draft) -> list[Finding]:
    """Find quantities that the sheet does not have, and say which part of them is wrong.

    What a question asks of the reader is free: "Is your living room 30 m²?"
    """
    found = []
    for at, sentence in enumerate(draft.sentences):
        if ASKING.search(sentence.text):
            continue
        near = draft.sentences[max(0, at - 1) : at + 2]
        for quantity, hits in used(sentence, draft.sheet):
            if hits or any(truly_within(quantity, own) for _, own in draft.sheet.quantities):
                continue
            if not follows(quantity, near, draft.sheet):
                found.append(_finding(quantity, draft.sheet))
    return found


def doubtful(draft: Draft) -> list[Finding]:
    """Find quantities about which the sheet contradicts itself."""
    found = []
    for sentence in draft.sentences:
        for quantity, hits in used(sentence, draft.sheet):
            for pair in draft.sheet.contradictions:
                if any(fact in pair for fact, _ in hits):
                    said = " — ".join(fact.sentence.text for fact in pair)
                    found.append(Finding("contradiction", quantity.words, said))
    return found


def _finding(quantity: Quantity, sheet: Sheet) -> Finding:
    alike = [(fact, own) for fact, own in sheet.quantities if same_amount(quantity, own)]
    money = [(fact, own) for fact, own in sheet.quantities if own.money]
    if quantity.money:
        codes = {own.unit for _, own in money}
        kind = "number" if quantity.unit in codes else "currency"
        return Finding(kind, quantity.words, money[0][0].sentence.text if money else "")
    if alike and quantity.unit:
        return Finding("unit", quantity.words, alike[0][0].sentence.text)
    unit = [fact for fact, own in sheet.quantities if own.unit == quantity.unit and quantity.unit]
    return Finding("number", quantity.words, unit[0].sentence.text if unit else "")
