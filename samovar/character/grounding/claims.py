"""Judge each statement of a reply by the facts nearest to it.

The entailment model alone is not enough: to a fact about another thing it says "contradiction" easily.
So what it says of each fact, and of the facts together, is joined with how near they are, with the
words of the statement that stand in the facts, and with names that do not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from samovar.character.grounding.retrieval import FactBase, Near
from samovar.character.speech.answers import answered
from samovar.character.speech.narration import third_person
from samovar.character.speech.statements import ends, statements
from samovar.models.base import Encoder, EntailmentModel
from samovar.phrases import Language, Phrase
from samovar.records import Claim, Entailment, Verdict

BESIDE = 2
"""Facts that a statement is compared with."""
VERDICTS: tuple[Verdict, ...] = ("contradicted", "supported", "unknown")
WEIGHTS = {
    "entailed by one": (0.04, -0.19, 0.15),
    "contradicted by one": (0.26, 0.03, -0.29),
    "entailed by all": (-0.13, 0.28, -0.15),
    "contradicted by all": (0.14, -0.31, 0.18),
    "cosine": (9.55, 20.97, -30.52),
    "known words": (1.76, 1.95, -3.71),
    "strange names": (0.57, 0.19, -0.76),
    "constant": (-8.85, -19.16, 28.01),
}
"""Feature → its weight for each verdict, in the order of VERDICTS: a regression on the development
claims of both characters, written by `python -m eval.selection.claims`."""
SHORT = 4
"""Words from which a statement can be judged without the question."""
ENTAILED = 0.2
"""What the entailment model must say at least of a supported statement: near facts alone support nothing
(of the development claims two thirds of the supported reach it, a fifth of the unknown)."""
CERTAIN = 0.6
"""Entailment from which another fact's contradiction does not count: facts do not contradict each other,
and to a fact about somebody else the model says "contradiction"."""
SURE = 0.5
"""Probability from which a contradiction counts; below it the statement is unknown."""
STEM = 5
"""Letters by which words are compared: endings differ."""
EDGE = 1e-4
"""Probabilities of the entailment model are kept this far from 0 and 1."""
NAME = re.compile(r"(?<=[\w,] )[A-ZА-ЯЁ]\w+")


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold the facts beside a statement and what the entailment model says of each, then of all."""

    near: tuple[Near, ...]
    read: tuple[Entailment, ...]

    def at(self, kind: Literal["entailment", "contradiction"]) -> int:
        """Return the number of the fact that says most of this kind."""
        told = [float(getattr(one, kind)) for one in self.read[:-1]]
        return told.index(max(told))


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold what judges statements about a character."""

    base: FactBase
    encoder: Encoder
    entailment: EntailmentModel
    name: Phrase
    """Of the character, as the facts call him."""

    def claims(
        self, replies: Sequence[str], language: Language, question: str
    ) -> list[tuple[Claim, ...]]:
        """Return the claims of each reply; all are read in one batch.

        A short answer is read behind `question`, which names the character: "Steve McQueen."
        """
        split = [self._split(reply, language, question) for reply in replies]
        said = [each for parts in split for each, _ in parts]
        told = [each for parts in split for _, each in parts]
        judged = iter(self._judged(said, told, language))
        return [tuple(next(judged) for _ in parts) for parts in split]

    def judged(self, told: Sequence[str], language: Language) -> list[Claim]:
        """Return the claims that statements in the third person are."""
        return self._judged(told, told, language)

    def _split(self, reply: str, language: Language, question: str) -> list[tuple[str, str]]:
        """Return the statements of a reply as they stand there and as a narrator tells them."""
        name = self.name.say(language)
        parts = [(one, third_person(one, name, language)) for one in statements(reply)]
        first = reply[: next(iter(ends(reply)), len(reply))]
        decided = answered(question, first, language)
        if decided is not None:
            return [(first, decided), *(part for part in parts if part[0] not in first)]
        if "?" in question and "?" not in first and len(first.split()) < SHORT:
            short = (first, f"{question} {third_person(first, name, language)}")
            return [short, *(part for part in parts if part[0] not in first)]
        return parts

    def _judged(self, said: Sequence[str], told: Sequence[str], language: Language) -> list[Claim]:
        beside = self.base.beside(self.encoder, told, BESIDE)
        asked = [pairs(one, near, language) for one, near in zip(told, beside, strict=True)]
        read = iter(self.entailment.classify([pair for each in asked for pair in each]))
        claims = []
        for original, one, near, each in zip(said, told, beside, asked, strict=True):
            seen = Seen(near, tuple(next(read) for _ in each))
            claims.append(_claim(original, seen, features(one, seen, language)))
        return claims


def pairs(told: str, near: Sequence[Near], language: Language) -> list[tuple[str, str]]:
    """Return what the entailment model reads of a statement: each fact, then all together."""
    facts = [one.fact.said(language) for one in near]
    return [(fact, told) for fact in (*facts, " ".join(facts))] if facts else []


def features(told: str, seen: Seen, language: Language) -> dict[str, float]:
    """Return what the verdict about a statement in the third person depends on."""
    if not seen.near:
        return {}
    texts = " ".join(one.fact.said(language) for one in seen.near)
    stems, known = _stems(told), _stems(texts)
    each, together = seen.read[:-1], seen.read[-1]
    return {
        "entailed by one": _logit(max(one.entailment for one in each)),
        "contradicted by one": _logit(max(one.contradiction for one in each)),
        "entailed by all": _logit(together.entailment),
        "contradicted by all": _logit(together.contradiction),
        "cosine": max(one.cosine for one in seen.near),
        "known words": len(stems & known) / max(1, len(stems)),
        "strange names": float(len(_names(told) - known)),
        "constant": 1.0,
    }


def probabilities(values: Mapping[str, float]) -> dict[Verdict, float]:
    """Return how probable each verdict is; a statement without facts is unknown."""
    if not values:
        return {"contradicted": 0.0, "supported": 0.0, "unknown": 1.0}
    scores = np.sum([np.multiply(WEIGHTS[name], value) for name, value in values.items()], axis=0)
    odds = np.exp(scores - scores.max())
    return dict(zip(VERDICTS, (odds / odds.sum()).tolist(), strict=True))


def _claim(said: str, seen: Seen, values: Mapping[str, float]) -> Claim:
    chances = probabilities(values)
    verdict = max(VERDICTS, key=lambda each: chances[each])
    if verdict == "contradicted" and chances[verdict] < SURE:
        verdict = "unknown"
    entailed = max((one.entailment for one in seen.read), default=0.0)
    if entailed > CERTAIN:
        verdict = "supported"
    if verdict == "supported" and entailed < ENTAILED:
        verdict = "unknown"
    match verdict:
        case "supported":
            fact = seen.near[seen.at("entailment")].fact
        case "contradicted":
            fact = seen.near[seen.at("contradiction")].fact
        case _:
            return Claim(said, verdict, seen.near[0].fact if seen.near else None)
    return Claim(said, verdict, fact)


def _logit(chance: float) -> float:
    chance = min(max(chance, EDGE), 1 - EDGE)
    return math.log(chance / (1 - chance))


def _stems(text: str) -> set[str]:
    return {word[:STEM].lower() for word in re.findall(r"\w+", text) if len(word) > 2}


def _names(text: str) -> set[str]:
    return {name[:STEM].lower() for name in NAME.findall(text)}
