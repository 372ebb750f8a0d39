"""Claims that the sheet forbids: by their words, and by the entailment model where some words agree."""

from __future__ import annotations

from samovar.marketing.checks.claims import DENIED, denied
from samovar.marketing.checks.finding import Draft, Finding
from samovar.marketing.checks.lost import family
from samovar.marketing.facts.reading import Sentence, Sheet

SHARE = 0.6
"""Share of a claim's words from which a sentence makes it."""
SURE = 0.8
"""Probability of entailment from which a sentence makes a claim with which it shares a word."""
IDLE = frozenset("effect result full any every эффект действ".split())
"""Stems that forbid nothing alone."""


def check(draft: Draft) -> list[Finding]:
    """Find forbidden claims that no word of denial takes back."""
    found = []
    doubtful = []
    for sentence in draft.sentences:
        for claim in draft.sheet.forbidden:
            share = _share(sentence, claim, draft.sheet)
            if not share or _denied(sentence, claim, draft.sheet):
                continue
            if share >= SHARE and _alike(sentence, claim, draft.sheet):
                found.append(Finding("forbidden", sentence.text, claim.text))
            else:
                doubtful.append((sentence, claim))
    if draft.entailment and doubtful:
        pairs = [(sentence.text, _statement(claim.text)) for sentence, claim in doubtful]
        judged = draft.entailment.classify(pairs)
        for (sentence, claim), verdict in zip(doubtful, judged, strict=True):
            if verdict.entailment >= SURE:
                found.append(Finding("forbidden", sentence.text, claim.text))
    return found


def _share(sentence: Sentence, claim: Sentence, sheet: Sheet) -> float:
    """Return the share of the claim's words that `sentence` has."""
    words = claim.known - sheet.names - IDLE
    if not words:
        return 0.0
    said = sentence.known - sheet.names
    return sum(any(family(word, other) for other in said) for word in words) / len(words)


def _denied(sentence: Sentence, claim: Sentence, sheet: Sheet) -> bool:
    """Tell whether a sentence denies a claim that is no denial itself: "it does not replace …"."""
    if DENIED[sheet.language].search(claim.text):
        return False
    places = [
        token.start
        for token, stem in zip(sentence.tokens, sentence.stems, strict=True)
        if stem and any(family(stem, word) for word in claim.known - IDLE)
    ]
    return any(denied(sentence.text, place, sheet.language) for place in places)


def _alike(sentence: Sentence, claim: Sentence, sheet: Sheet) -> bool:
    """Tell whether a sentence has the claim's verb, if there is one, and its denial, if it is one."""
    verbs = [
        stem
        for token, stem in zip(claim.tokens, claim.stems, strict=True)
        if stem and token.pos == "VERB"
    ]
    acts = not verbs or any(family(verb, other) for verb in verbs for other in sentence.known)
    denial = DENIED[sheet.language]
    return acts and (not denial.search(claim.text) or bool(denial.search(sentence.text)))


def _statement(claim: str) -> str:
    """Return a forbidden claim as a statement.

    >>> _statement("that corrosion stops")
    'Corrosion stops.'
    """
    plain = claim.removeprefix("that ").removeprefix("что ")
    return plain[:1].upper() + plain[1:] + "."
