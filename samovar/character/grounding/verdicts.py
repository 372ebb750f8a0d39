"""What is seen of a statement beside its facts, and the verdict that follows from it.

The entailment model alone is not enough: one that never read such claims says "contradiction" easily to
a fact about another thing. So what it says of the facts together is joined with how near they are, with
the words of the statement that stand in the facts, and with names that do not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from samovar.character.grounding.retrieval import Near
from samovar.phrases import Language
from samovar.records import Entailment, Verdict

VERDICTS: tuple[Verdict, ...] = ("contradicted", "supported", "unknown")
STEM = 5
"""Letters by which words are compared: endings differ."""
EDGE = 1e-4
"""Probabilities of the entailment model are kept this far from 0 and 1."""
NOTHING = Entailment(0.0, 1.0, 0.0)
"""What no facts say of any statement."""
NAME = re.compile(r"(?<=[\w,] )[A-ZА-ЯЁ]\w+")


@dataclass(frozen=True, slots=True)
class Rule:
    """Say how what is seen becomes a verdict; each entailment model has its own."""

    weights: Mapping[str, tuple[float, float, float]]
    """Feature → its weight for each verdict, in the order of VERDICTS."""
    entailed: float
    """What the model must say at least of a supported statement: near facts alone support nothing."""
    certain: float
    """Entailment from which a statement is supported whatever else is seen."""
    sure: float
    """Probability from which a contradiction counts; below it the statement is unknown."""

    def probabilities(self, values: Mapping[str, float]) -> dict[Verdict, float]:
        """Return how probable each verdict is; a statement without facts is unknown."""
        if not values:
            return {"contradicted": 0.0, "supported": 0.0, "unknown": 1.0}
        parts = [np.multiply(self.weights[name], value) for name, value in values.items()]
        scores = np.sum(parts, axis=0)
        odds = np.exp(scores - scores.max())
        return dict(zip(VERDICTS, (odds / odds.sum()).tolist(), strict=True))

    def verdict(self, values: Mapping[str, float], read: Entailment) -> Verdict:
        """Return the verdict about a statement of these features, of whose facts the model says `read`."""
        chances, entailed = self.probabilities(values), read.entailment
        verdict = max(VERDICTS, key=lambda each: chances[each])
        if verdict == "contradicted" and chances[verdict] < self.sure:
            verdict = "unknown"
        if entailed > self.certain:
            verdict = "supported"
        return "unknown" if verdict == "supported" and entailed < self.entailed else verdict


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold the facts beside a statement and what the entailment model says of them together."""

    near: tuple[Near, ...]
    read: Entailment


def features(told: str, seen: Seen, language: Language) -> dict[str, float]:
    """Return what the verdict about a statement in the third person depends on; without facts nothing."""
    if not seen.near:
        return {}
    texts = " ".join(one.fact.said(language) for one in seen.near)
    stems, known = _stems(told), _stems(texts)
    return {
        "entailed": _logit(seen.read.entailment),
        "contradicted": _logit(seen.read.contradiction),
        "cosine": max(one.cosine for one in seen.near),
        "known words": len(stems & known) / max(1, len(stems)),
        "strange names": float(len(_names(told) - known)),
        "constant": 1.0,
    }


def _logit(chance: float) -> float:
    chance = min(max(chance, EDGE), 1 - EDGE)
    return math.log(chance / (1 - chance))


def _stems(text: str) -> set[str]:
    return {word[:STEM].lower() for word in re.findall(r"\w+", text) if len(word) > 2}


def _names(text: str) -> set[str]:
    return {name[:STEM].lower() for name in NAME.findall(text)}
