"""Values of two properties exchanged: the words around a number belong to another number of its unit."""

from __future__ import annotations

import re

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.checks.quantities import nouns, used
from samovar.marketing.facts.quantity import Quantity, same
from samovar.marketing.facts.reading import Fact, Sentence, Sheet
from samovar.marketing.facts.words import family

COSTS = frozenset("cost price per cent percent стоит цен стоимост сто".split())
"""Stems that stand beside any price."""
TIMES = re.compile(r"\s*[×xх]\s*")
CLAUSE = re.compile(r"[,;:.!?—–](?:\s|$)|\s(?:and|but|while|и|а|но)\s")


def check(draft: Draft) -> list[Finding]:
    """Find numbers that stand with the words of another fact."""
    found = []
    for sentence in draft.sentences:
        for quantity, hits in used(sentence, draft.sheet):
            rival = _rival(sentence, quantity, hits, draft.sheet) or _crossed(
                sentence, quantity, hits
            )
            if rival:
                found.append(Finding("swapped", quantity.words, rival.sentence.text))
    return found


def _rival(
    sentence: Sentence, quantity: Quantity, hits: list[tuple[Fact, Quantity]], sheet: Sheet
) -> Fact | None:
    """Return the fact whose words stand around `quantity` although it has another value."""
    own = [fact for fact, _ in hits]
    if not own:
        return None
    counted = set(nouns(sentence, quantity))
    start, end = _stretch(sentence, quantity)
    words = _around(sentence, start, end, sheet)
    beside = [
        q
        for q in sentence.quantities
        if start <= q.start < end and q != quantity and not _sides(sentence, quantity, q)
    ]
    best = max(_shared(words, beside, fact, quantity) for fact in own)
    rivals = [
        fact
        for fact, other in sheet.quantities
        if fact not in own
        and (other.unit == quantity.unit or (not best and _acts(words, fact)))
        and not same(other, quantity)
        and not any(same(other, one) for one in beside)
        and (
            bool(quantity.unit)
            or other.unit != quantity.unit
            or bool(counted & set(nouns(fact.sentence, other)))
        )
    ]
    scored = [(_shared(words, beside, fact, quantity), at) for at, fact in enumerate(rivals)]
    score, at = max(scored, default=(0.0, 0))
    return rivals[at] if score > best and score >= 1 else None


def _sides(sentence: Sentence, one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers are the sides of one measure: 4,800 × 1,200 dpi."""
    first, last = sorted((one, other), key=lambda q: q.start)
    return bool(TIMES.fullmatch(sentence.text[first.end : last.start]))


def _acts(words: frozenset[str], fact: Fact) -> bool:
    """Tell whether the verb of a fact stands among `words`."""
    parsed = zip(fact.sentence.tokens, fact.sentence.stems, strict=True)
    return any(
        token.pos == "VERB" and token.features.get("VerbForm") != "Part" and stem in words
        for token, stem in parsed
    )


def _stretch(sentence: Sentence, quantity: Quantity) -> tuple[int, int]:
    """Return the clause around a quantity."""
    cuts = [0, *(match.end() for match in CLAUSE.finditer(sentence.text)), len(sentence.text)]
    start = max(cut for cut in cuts if cut <= quantity.start)
    end = min((cut for cut in cuts if cut > quantity.end), default=len(sentence.text))
    return start, end


def _around(sentence: Sentence, start: int, end: int, sheet: Sheet) -> frozenset[str]:
    measured = [range(q.start, q.end) for q in sentence.quantities]
    return frozenset(
        stem
        for token, stem in zip(sentence.tokens, sentence.stems, strict=True)
        if stem
        and start <= token.start < end
        and stem not in sheet.names
        and stem not in COSTS
        and not any(token.start in each for each in measured)
    )


def _shared(words: frozenset[str], beside: list[Quantity], fact: Fact, quantity: Quantity) -> float:
    """Return how many words, and other quantities, of the clause the fact has."""
    spoken = fact.sentence.known
    also = sum(
        any(same(one, own) for own in fact.sentence.quantities if own.unit == one.unit)
        for one in beside
    )
    return sum(any(family(word, other) for other in spoken) for word in words) + also


def _crossed(
    sentence: Sentence, quantity: Quantity, hits: list[tuple[Fact, Quantity]]
) -> Fact | None:
    """Return the fact in which the words behind `quantity` stand behind another of its numbers."""
    said = set(_behind(sentence, quantity))
    before = set(sentence.stems_in(0, quantity.start)[-1:])
    for fact, own in hits:
        rivals = [
            q
            for q in fact.sentence.quantities
            if q != own
            and q.unit == own.unit
            and not q.ranged
            and not q.optional
            and not same(q, own)
        ]
        words = set(_behind(fact.sentence, own))
        if (
            any(said & set(_behind(fact.sentence, q)) for q in rivals)
            and not (said | before) & words
        ):
            return fact
    return None


def _behind(sentence: Sentence, quantity: Quantity) -> list[str]:
    """Return the stems between a quantity and the next one or the next sign."""
    found = []
    for token, stem in zip(sentence.tokens, sentence.stems, strict=True):
        if token.start < quantity.end:
            continue
        if token.pos == "PUNCT" or any(q.start <= token.start < q.end for q in sentence.quantities):
            break
        if stem:
            found.append(stem)
    return found
