"""How far a sheet supports a statement: a trained cross-encoder reads it behind the nearest facts.

How they are chosen and written for it stands here once; training imports it. Where a larger judge is on the
machine it is asked, too, unless the cross-encoder is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from samovar.marketing.checks.larger.joint import Joint
from samovar.marketing.checks.larger.model import Supporting
from samovar.marketing.facts.brief import Brief
from samovar.models.base import EntailmentModel, TextKind
from samovar.phrases import Language, Phrase

MODEL = "adverts-e5"
"""The judge's id in the catalog."""
PRICE = Phrase("Price: {text}", "Цена: {text}")
AUDIENCE = Phrase("For: {text}", "Для кого: {text}")
FORBIDDEN = Phrase("Not to be said: {text}", "Нельзя говорить: {text}")
NEAREST = 4
"""Parts of a sheet that stand before a statement; hardly one rests on more."""
Vectors = NDArray[np.float32]


class TextVectors(Protocol):
    """Turn texts into vectors; every encoder does."""

    def encode(self, texts: Sequence[str], kind: TextKind) -> Vectors:
        """Return unit vectors, float32 [texts, dimensions]."""
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold how likely the sheet supports a statement, and the part of the sheet that is nearest to it."""

    support: float
    nearest: str
    supported: bool
    """Whether that is likely enough."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Hold the models that judge and find the nearest facts, and the probability from which all is well."""

    model: EntailmentModel
    encoder: TextVectors
    threshold: float
    """Of the model alone; `joint` has its own."""
    larger: Supporting | None = None
    """None where no larger judge is on the machine."""
    joint: Joint | None = None
    """How both decide together; None: the larger one is not asked."""

    def judged(self, brief: Brief, statements: Sequence[str], language: Language) -> list[Judged]:
        """Return how far `brief` supports each of `statements`."""
        if not statements:
            return []
        alone, near = self._alone(brief, statements, language)
        supports, threshold = self._joined(brief, statements, alone, language)
        return [
            Judged(support, fact, support >= threshold)
            for support, fact in zip(supports, near, strict=True)
        ]

    def read(self, brief: Brief, sentences: Sequence[str], language: Language) -> list[Judged]:
        """Return how far `brief` supports each sentence of a text.

        A sentence may lack what the one beside it says: what is not supported alone is read once more
        behind the last one or before the next, whichever the small model finds supported better.
        """
        found = self.judged(brief, sentences, language)
        doubtful = [at for at, one in enumerate(found) if not one.supported]
        joined = [
            (at, f"{sentences[first]} {sentences[first + 1]}")
            for at in doubtful
            for first in (at - 1, at)
            if 0 <= first < len(sentences) - 1
        ]
        if not joined:
            return found
        alone, _ = self._alone(brief, [text for _, text in joined], language)
        rising = sorted(zip(alone, joined, strict=True))
        better = {at: text for _, (at, text) in rising}  # of each sentence the last one stays
        again = self.judged(brief, [*better.values()], language)
        for at, one in zip(better, again, strict=True):
            if one.support > found[at].support:
                found[at] = replace(one, nearest=found[at].nearest)
        return found

    def _alone(
        self, brief: Brief, statements: Sequence[str], language: Language
    ) -> tuple[list[float], list[str]]:
        """Return the support of each of `statements` by the small model, and the fact nearest to it."""
        near = nearest(brief, statements, language, self.encoder)
        pairs = [
            (premise(brief, some), statement)
            for some, statement in zip(near, statements, strict=True)
        ]
        supports = [verdict.entailment for verdict in self.model.classify(pairs)]
        return supports, [some[0] if some else "" for some in near]

    def _joined(
        self, brief: Brief, statements: Sequence[str], alone: Sequence[float], language: Language
    ) -> tuple[list[float], float]:
        """Return the support of each of `statements` by all judges, and from where on it is enough.

        Where the larger judge is not asked it counts as agreeing.
        """
        if self.larger is None or self.joint is None:
            return list(alone), self.threshold
        doubted = [at for at, support in enumerate(alone) if self.joint.asks(support)]
        told = self.larger.supports(brief, [statements[at] for at in doubted], language)
        second = [*alone]
        for at, support in zip(doubted, told, strict=True):
            second[at] = support
        both = zip(alone, second, strict=True)
        return [self.joint.joined(*one) for one in both], self.joint.threshold


def parts(brief: Brief, language: Language) -> tuple[str, ...]:
    """Return what a sheet says, a fact each, and what must not be said.

    >>> sheet = Brief("", "Arc", "desk-lamp", "en", "", ("Uses 9 watts.",), (), "EUR 72", ("a cure",))
    >>> parts(sheet, "en")
    ('Uses 9 watts.', 'Price: EUR 72.', 'Not to be said: a cure.')
    """
    labelled = [(PRICE, brief.price), (AUDIENCE, brief.audience)]
    labelled += [(FORBIDDEN, claim) for claim in brief.forbidden]
    said = [part for part in (*brief.facts, *brief.benefits) if part]
    said += [label.say(language, text=text) for label, text in labelled if text]
    return tuple(part.rstrip(".") + "." for part in said)


def forbidden(part: str, language: Language) -> str:
    """Return the claim that a part of a sheet forbids; nothing of another part.

    >>> forbidden("Not to be said: a cure.", "en"), forbidden("Uses 9 watts.", "en")
    ('a cure', '')
    """
    label = FORBIDDEN.say(language, text="")
    return part.removeprefix(label).rstrip(".") if part.startswith(label) else ""


def nearest(
    brief: Brief, statements: Sequence[str], language: Language, encoder: TextVectors
) -> list[list[str]]:
    """Return the parts of `brief` that are nearest to each of `statements`, the nearest first."""
    said = parts(brief, language)
    if not said:
        return [[] for _ in statements]
    vectors = encoder.encode(list(statements), "symmetric")
    near: Vectors = np.inner(vectors, _vectors(said, cast(Any, encoder)))
    order = np.argsort(-near, axis=1, kind="stable")
    return [[said[at] for at in row[:NEAREST]] for row in order]


def premise(brief: Brief, near: Sequence[str]) -> str:
    """Return what the judge reads before a statement.

    >>> sheet = Brief("", "Arc", "desk-lamp", "en", "", (), (), "", ())
    >>> premise(sheet, ["Uses 9 watts.", "Price: EUR 72."])
    'Arc, desk lamp. Uses 9 watts. Price: EUR 72.'
    """
    named = ", ".join(part for part in (brief.name, brief.category.replace("-", " ")) if part)
    return " ".join(part for part in (named and f"{named}.", *near) if part)


@lru_cache(64)
def _vectors(said: tuple[str, ...], encoder: Any) -> Vectors:
    """Return the vectors of the parts of a sheet, float32 [parts, dimensions]."""
    found: Vectors = encoder.encode(list(said), "symmetric")
    return found
