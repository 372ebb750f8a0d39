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


def few_each(candidates: Sequence[Candidate], per_text: int) -> list[Candidate]:
    """Return at most `per_text` pairs per source and per target, the most novel first."""
    sources: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    chosen = []
    for candidate in sorted(
        candidates, key=lambda pair: (-pinc(pair.source, pair.target), _chance(pair))
    ):
        old, new = (
            f"{candidate.origin} {text.lower()}" for text in (candidate.source, candidate.target)
        )
        if sources[old] < per_text and targets[new] < per_text:
            sources[old] += 1
            targets[new] += 1
            chosen.append(candidate)
    return chosen


def balanced(candidates: Sequence[Candidate], per_intent: int, per_origin: int) -> list[Candidate]:
    """Return at most so many pairs of each intent and each set, chosen by a hash.

    Pairs that differ in their opening only come last and fill what is left.
    """
    intents: Counter[tuple[str, str]] = Counter()
    origins: Counter[str] = Counter()
    chosen = []
    for candidate in sorted(candidates, key=lambda pair: (_opening_only(pair), _chance(pair))):
        intent = (candidate.origin, candidate.intent)
        full = candidate.intent and intents[intent] >= per_intent
        if not full and origins[candidate.origin] < per_origin:
            intents[intent] += 1
            origins[candidate.origin] += 1
            chosen.append(candidate)
    return chosen


def _opening_only(candidate: Candidate) -> bool:
    if candidate.language != "en":
        return False
    return likeness(message(candidate.source, "en"), message(candidate.target, "en")) >= SAME


def _chance(candidate: Candidate) -> bytes:
    return hashlib.sha256(f"{candidate.source}\n{candidate.target}".encode()).digest()
