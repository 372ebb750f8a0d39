"""Which of many good pairs are kept: few of each text, balanced over intents and sets."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from samovar.paraphrase.act import message
from samovar.paraphrase.words import likeness, pinc
from training.lessons.rewordings.candidates import Candidate

SAME = 0.85
"""From here on two messages are the same words."""


def few_each(found: Sequence[Candidate], per_text: int) -> list[Candidate]:
    """Return at most `per_text` pairs per source and per target, the most novel first."""
    sources: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    chosen = []
    for one in sorted(found, key=lambda pair: (-pinc(pair.source, pair.target), _chance(pair))):
        old, new = (f"{one.origin} {text.lower()}" for text in (one.source, one.target))
        if sources[old] < per_text and targets[new] < per_text:
            sources[old] += 1
            targets[new] += 1
            chosen.append(one)
    return chosen


def balanced(found: Sequence[Candidate], per_intent: int, per_origin: int) -> list[Candidate]:
    """Return at most so many pairs of each intent and each set, chosen by a hash.

    Pairs that differ in their opening only come last and fill what is left.
    """
    intents: Counter[tuple[str, str]] = Counter()
    origins: Counter[str] = Counter()
    chosen = []
    for one in sorted(found, key=lambda pair: (_opening_only(pair), _chance(pair))):
        intent = (one.origin, one.intent)
        full = one.intent and intents[intent] >= per_intent
        if not full and origins[one.origin] < per_origin:
            intents[intent] += 1
            origins[one.origin] += 1
            chosen.append(one)
    return chosen


def _opening_only(one: Candidate) -> bool:
    if one.language != "en":
        return False
    return likeness(message(one.source, "en"), message(one.target, "en")) >= SAME


def _chance(one: Candidate) -> bytes:
    return hashlib.sha256(f"{one.source}\n{one.target}".encode()).digest()
