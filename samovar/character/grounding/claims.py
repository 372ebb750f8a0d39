"""Judge each statement of a reply by the facts nearest to it; `verdicts` says how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samovar.character.grounding.retrieval import FactBase, Near
from samovar.character.grounding.rules import RULES
from samovar.character.grounding.verdicts import NOTHING, Seen, features
from samovar.character.speech.answers import answered
from samovar.character.speech.narration import third_person
from samovar.character.speech.statements import ends, statements
from samovar.models.base import Encoder, EntailmentModel
from samovar.phrases import Language, Phrase
from samovar.records import Claim, Fact, Verdict

BESIDE = 2
"""Facts that a statement is compared with."""
SHORT = 4
"""Words from which a statement can be judged without the question."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold what judges statements about a character."""

    base: FactBase
    encoder: Encoder
    entailment: EntailmentModel
    name: Phrase
    """Of the character, as the facts call him."""

    def claims(
        self,
        replies: Sequence[str],
        language: Language,
        question: str,
        given: Sequence[Fact] = (),
    ) -> list[tuple[Claim, ...]]:
        """Return the claims of each reply; all are read in one batch, and what several say once.

        A short answer is read behind `question`, which names the character: "Steve McQueen." `given` are
        the facts that the question has found.
        """
        split = [self._split(reply, language, question) for reply in replies]
        told = list(dict.fromkeys(each for parts in split for _, each in parts))
        judged = dict(zip(told, self._judged(told, language, given), strict=True))
        return [tuple(Claim(said, *judged[each]) for said, each in parts) for parts in split]

    def seen(
        self,
        told: Sequence[str],
        language: Language,
        given: Sequence[Sequence[Fact]] = (),
    ) -> list[Seen]:
        """Return what is seen of statements in the third person, each with facts that are `given` for it."""
        beside = self.base.beside(self.encoder, told, BESIDE, given)
        asked = [(premise(near, language), one) for one, near in zip(told, beside, strict=True)]
        read = (
            self.entailment.classify(asked) if asked and self.base.facts else [NOTHING] * len(told)
        )
        return [Seen(near, one) for near, one in zip(beside, read, strict=True)]

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

    def _judged(
        self, told: Sequence[str], language: Language, given: Sequence[Fact]
    ) -> list[tuple[Verdict, Fact | None]]:
        """Return the verdict about each statement, and the fact that decides or is nearest."""
        rule, seen = RULES[self.entailment.name], self.seen(told, language, [given] * len(told))
        verdicts = [
            rule.verdict(features(text, one, language), one.read)
            for text, one in zip(told, seen, strict=True)
        ]
        facts = [one.near[0].fact if one.near else None for one in seen]
        wrong = [at for at, verdict in enumerate(verdicts) if verdict == "contradicted"]
        pairs = [(told[at], seen[at].near) for at in wrong]
        for at, fact in zip(wrong, self._contradicting(pairs, language), strict=True):
            facts[at] = fact
        return list(zip(verdicts, facts, strict=True))

    def _contradicting(
        self, told: Sequence[tuple[str, tuple[Near, ...]]], language: Language
    ) -> list[Fact]:
        """Return of each statement's facts the one that contradicts it most: each is read by itself."""
        asked = [(near.fact.said(language), text) for text, beside in told for near in beside]
        read = iter(self.entailment.classify(asked) if asked else ())
        scored = [[(next(read).contradiction, near.fact) for near in beside] for _, beside in told]
        return [max(each, key=lambda pair: pair[0])[1] for each in scored]


def premise(near: Sequence[Near], language: Language) -> str:
    """Return what the entailment model reads before a statement: the facts beside it, the nearest first."""
    return " ".join(one.fact.said(language) for one in near)
