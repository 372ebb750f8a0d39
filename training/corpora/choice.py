"""Which of many good pairs are kept: few of each text, balanced over intents and sets."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from samovar.paraphrase.words import pinc
from training.corpora.candidates import Candidate


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
    """Return at most so many pairs of each intent and each set, chosen by a hash."""
    intents: Counter[tuple[str, str]] = Counter()
    origins: Counter[str] = Counter()
    chosen = []
    for one in sorted(found, key=_chance):
        intent = (one.origin, one.intent)
        full = one.intent and intents[intent] >= per_intent
        if not full and origins[one.origin] < per_origin:
            intents[intent] += 1
            origins[one.origin] += 1
            chosen.append(one)
    return chosen


def _chance(one: Candidate) -> bytes:
    return hashlib.sha256(f"{one.source}\n{one.target}".encode()).digest()
