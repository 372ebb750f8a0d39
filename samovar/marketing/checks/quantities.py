"""Numbers, units and currencies: each one of a text must stand in the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.quantity import Quantity, same, same_amount, truly_within
from samovar.marketing.facts.reading import Fact, Sentence, Sheet

SIGNS = frozenset({"no", "no.", ".", "№", "«", "»", '"'})
SMALL = 12
"""Counts in words up to here may count something of the reader's: "two questions decide"."""


def used(
    sentence: Sentence, sheet: Sheet
) -> Iterator[tuple[Quantity, list[tuple[Fact, Quantity]]]]:
    """Yield each quantity that `sentence` claims with the facts that have it."""
    for quantity in sentence.quantities:
        if named(sentence, quantity, sheet):
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
    return not after or after[0].pos in ("PUNCT", "ADP", "CCONJ", "AUX", "PRON", "SCONJ")


def _free(sentence: Sentence, quantity: Quantity, sheet: Sheet) -> bool:
    """Tell whether a count in words need not be the sheet's: nothing the sheet counts stands behind it."""
    if not quantity.spelled or quantity.unit not in ("", "clock") or quantity.money:
        return False
    counted = set(nouns(sentence, quantity))
    if quantity.amount > SMALL:
        return bare(sentence, quantity)
    own = {stem for fact, q in sheet.quantities if not q.unit for stem in nouns(fact.sentence, q)}
    return not counted & own


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
    """Find quantities that the sheet does not have, and say which part of them is wrong."""
    found = []
    for sentence in draft.sentences:
        for quantity, hits in used(sentence, draft.sheet):
            if hits or any(truly_within(quantity, own) for _, own in draft.sheet.quantities):
                continue
            found.append(_finding(quantity, draft.sheet))
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
