"""Claims that the sheet forbids, by their words; what the judge does not support is found there."""

from __future__ import annotations

import re
from itertools import takewhile

from samovar.marketing.checks.claims import BREAK, DENIED, denied
from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.facts.reading import Sentence, Sheet
from samovar.marketing.facts.words import family

SHARE = 0.6
"""Share of a claim's words from which a sentence makes it."""
ROOT, ENDING = 4, 2
"""Letters that a noun and its verb have in common, and those in which they may differ."""
EVERY = re.compile(r"\b(?:every|all|each)\b|(?<!\w)(?:все|всех|всем|каждый)(?!\w)", re.IGNORECASE)
"""A claim about all of something is made of all only."""
TAKEN_BACK = re.compile(
    r"\b(?:outside|except|excluded|extra|separate)\b|n['’]t\b|\bnot\b"
    r"|(?<!\w)(?:кроме|оста(?:ё|е)тся|остаются|по-прежнему|не)(?!\w)",
    re.IGNORECASE,
)
"""Words that take a claim back behind it: "moves abroad are not part of the service"."""
IDLE = frozenset("effect result full any every эффект действ".split())
"""Stems that forbid nothing alone."""


def check(draft: Draft) -> list[Finding]:
    """Find forbidden claims that no word of denial takes back."""
    return [
        Finding("forbidden", sentence.text, claim.text)
        for sentence in draft.sentences
        for claim in draft.sheet.forbidden
        if _share(sentence, claim, draft.sheet) >= SHARE
        and not _denied(sentence, claim, draft.sheet)
        and _alike(sentence, claim, draft.sheet)
    ]


def _share(sentence: Sentence, claim: Sentence, sheet: Sheet) -> float:
    """Return the share of the claim's words that `sentence` has."""
    words = claim.known - sheet.names - IDLE
    if not words:
        return 0.0
    said = sentence.known - sheet.names
    return sum(any(_akin(word, other) for other in said) for word in words) / len(words)


def _akin(one: str, other: str) -> bool:
    """Tell whether two stems are of one family, a noun and its verb too: «снижение», «снижает»."""
    pairs = zip(one, other, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return family(one, other) or (same >= ROOT and max(len(one), len(other)) - same <= ENDING)


def _denied(sentence: Sentence, claim: Sentence, sheet: Sheet) -> bool:
    """Tell whether a sentence denies a claim that is no denial itself: "it does not replace …"."""
    if DENIED[sheet.language].search(claim.text):
        return False
    places = [
        token.start
        for token, stem in zip(sentence.tokens, sentence.stems, strict=True)
        if stem and any(family(stem, word) for word in claim.known - IDLE)
    ]
    if any(denied(sentence.text, place, sheet.language) for place in places):
        return True
    cut = BREAK.search(sentence.text, max(places, default=0))
    return bool(TAKEN_BACK.search(sentence.text, 0, cut.start() if cut else len(sentence.text)))


def _alike(sentence: Sentence, claim: Sentence, sheet: Sheet) -> bool:
    """Tell whether a sentence has the claim's verb, if there is one, and its denial, if it is one."""
    verbs = [
        stem
        for token, stem in zip(claim.tokens, claim.stems, strict=True)
        if stem and token.pos == "VERB"
    ]
    if EVERY.search(claim.text) and not EVERY.search(sentence.text):
        return False
    acts = not verbs or any(family(verb, other) for verb in verbs for other in sentence.known)
    denial = DENIED[sheet.language]
    return acts and (not denial.search(claim.text) or bool(denial.search(sentence.text)))
