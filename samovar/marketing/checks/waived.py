"""Conditions that a text takes back: "whatever its size", «в любую погоду», "as long as you like"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.conditions import Condition
from samovar.marketing.facts.quantity import Quantity, same
from samovar.marketing.facts.reading import Fact, Sentence, Sheet
from samovar.marketing.facts.words import family
from samovar.phrases import Language

WAIVERS: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:whatever|whoever|whenever|wherever|whichever|however (?:\w+ )?(?:your?|its?|the|they|many)"
        r"|no matter|regardless|even (?:if|when)|whether|as \w+ as you(?:r \w+)?"
        r"|nothing (?:beyond|more|else))\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:люб(?:ой|ая|ое|ые|ую|ом|ых|ого)|даже|хоть|сколько бы|как\w+ бы|что бы|кто бы|независимо"
        r"|неважно|сколько угодно|когда угодно)(?!\w)",
        re.IGNORECASE,
    ),
}
APIECE = re.compile(r"per\b|за(?!\w)", re.IGNORECASE)
POOL = re.compile(
    r"\b(?:all|whole|every one)(?: \w+){0,2} $|(?<!\w)(?:вся|весь|все)(?: \w+){0,2} $",
    re.IGNORECASE,
)
LIMITS = frozenset({"up", "from", "under", "over"})
SPANS = frozenset({"s", "month"})
"""Units of time: "can be watched for 14 days" ends then."""


def check(draft: Draft) -> list[Finding]:
    """Find facts told with a word that takes back what limits them, and without that limit."""
    waives = WAIVERS[draft.sheet.language]
    return [
        Finding("lost_condition", sentence.text, fact.sentence.text)
        for at, sentence in enumerate(draft.sentences)
        for fact in draft.sheet.facts
        if _told(sentence, fact, draft.sheet)
        and (
            _pooled(fact, sentence)
            or (
                waives.search(sentence.text)
                and _limited(fact, draft.sentences[max(0, at - 1) : at + 2])
            )
        )
    ][:1]


def _told(sentence: Sentence, fact: Fact, sheet: Sheet) -> bool:
    """Tell whether a sentence speaks of a fact: its number, two of its words, or its verb."""
    if any(same(q, own) for q in sentence.quantities for own in fact.sentence.quantities):
        return True
    words = fact.sentence.known - sheet.names
    shared = {stem for stem in words if any(family(stem, other) for other in sentence.known)}
    heads = {
        stem
        for token, stem in zip(fact.sentence.tokens, fact.sentence.stems, strict=True)
        if token.pos == "VERB" or token.relation == "root"
    }
    return len(shared) >= 2 or bool(shared & heads)


def _limited(fact: Fact, near: tuple[Sentence, ...]) -> bool:
    """Tell whether a limit of a fact is told nowhere: a bounded number, or a condition."""
    said = [q for one in near for q in one.quantities]
    known = frozenset().union(*(one.known for one in near))
    bounded = [q for q in fact.sentence.quantities if q.bound in LIMITS or q.unit in SPANS]
    if bounded and not any(same(q, other) for q in bounded for other in said):
        return True
    return any(_lost(each, fact, said, known) for each in fact.conditions if each.binding)


def _lost(each: Condition, fact: Fact, said: list[Quantity], known: frozenset[str]) -> bool:
    own = [q for q in fact.sentence.quantities if each.start <= q.start < each.stop]
    if own:
        return not any(same(q, other) for q in own for other in said)
    return not all(any(family(stem, other) for other in known) for stem in each.stems)


def _pooled(fact: Fact, sentence: Sentence) -> bool:
    """Tell whether a price per thing is told of several: "covers all the sites that you run"."""
    own = fact.sentence.quantities
    if not fact.price or not any(same(q, other) for q in sentence.quantities for other in own):
        return False
    for each in fact.conditions:
        if not APIECE.match(each.words):
            continue
        for token, stem in zip(sentence.tokens, sentence.stems, strict=True):
            counted = any(family(stem, other) for other in each.stems) if stem else False
            if counted and POOL.search(sentence.text, 0, token.start):
                return True
    return False
