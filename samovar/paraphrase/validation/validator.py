"""The validator: measures texts beside a request, names what differs, and asks the verifiers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from samovar.models.base import Encoder, Parser, Verifier
from samovar.paraphrase.analysis.analysis import analyse_all
from samovar.paraphrase.analysis.differences import differences
from samovar.paraphrase.validation import rules
from samovar.paraphrase.validation.measured import CONTENT, Measured
from samovar.paraphrase.validation.rules import Rule
from samovar.paraphrase.validation.thresholds import Thresholds
from samovar.phrases import Language
from samovar.records import Reason

UNFINISHED = Reason("unfinished", "cut at the length limit", "a full stop")
UNVERIFIED = Reason("meaning", "no verifier is here", "one verifier")
UNSURE = 0.5
"""Probability that stands for a verifier that is not on this machine."""


class Confirming(Protocol):
    """Confirm what the small verifier let pass: slower, and more often right."""

    def probability(
        self, source: str, text: str, language: Language, stop: threading.Event | None = None
    ) -> float:
        """Return how likely `text` asks for the same as `source`."""
        ...


@dataclass(frozen=True, slots=True)
class Validator:
    """Hold the models that judge texts of one language; several threads may share one."""

    language: Language
    encoder: Encoder
    parser: Parser
    thresholds: Thresholds
    small: Verifier | None = None
    """None on a machine without its adapter."""
    larger: Confirming | None = None
    """None where no larger chat model runs."""

    def measured(self, pairs: Sequence[tuple[str, str]]) -> list[Measured]:
        """Return each (source, text) measured by everything but the larger model.

        Each distinct text is parsed and encoded once, and the small verifier is asked once for all.
        """
        if not pairs:
            return []
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        analysed = dict(zip(texts, analyse_all(texts, self.language, self.parser), strict=True))
        vectors = dict(zip(texts, self.encoder.encode(texts), strict=True))
        chances = self.small.probabilities(pairs).tolist() if self.small else [None] * len(pairs)
        return [
            Measured(
                analysed[source],
                analysed[text],
                float(vectors[source] @ vectors[text]),
                differences(analysed[source], analysed[text]),
                chance,
            )
            for (source, text), chance in zip(pairs, chances, strict=True)
        ]

    def asks(self, pair: Measured) -> bool:
        """Tell whether only the larger model can decide: the small one has not ruled it out."""
        if self.larger is None or pair.larger is not None or pair.certain or pair.same_core:
            return False
        return pair.small is None or pair.small >= self.thresholds.doubtful

    def confirmed(self, pair: Measured, stop: threading.Event | None = None) -> Measured:
        """Return `pair` with the larger model's probability, as it is where it need not be asked.

        Raises:
            ModelError: `stop` was set before the model was asked.
        """
        if self.larger is None or not self.asks(pair):
            return pair
        both = (pair.source.text, pair.text.text)
        return replace(pair, larger=self.larger.probability(*both, self.language, stop))

    def probability(self, pair: Measured) -> float:
        """Return how likely both ask for the same, by the verifiers that were asked; 1 of the same core."""
        if pair.same_core:
            return 1.0
        small = UNSURE if pair.small is None else pair.small
        return small if pair.larger is None else self.thresholds.joined(small, pair.larger)

    def threshold(self, pair: Measured, *, drafted: bool = False) -> float:
        """Return the probability that `pair` needs; its text may be a draft that a model wrote."""
        if self.larger is None:
            return self.thresholds.alone
        if pair.larger is None:
            return self.thresholds.doubtful
        return self.thresholds.draft if drafted else self.thresholds.joint

    def against_variant(self, pair: Measured, finished: bool = True) -> tuple[Reason, ...]:
        """Return every reason against a generated variant; none means that it passes."""
        cut = () if finished else (UNFINISHED,)
        return (*cut, *self._against(pair, (*rules.ALWAYS, *rules.OF_VARIANTS), drafted=True))

    def against(self, pair: Measured) -> tuple[Reason, ...]:
        """Return every reason why two texts do not ask for the same; none means that they do."""
        return self._against(pair, rules.ALWAYS, drafted=False)

    def _against(
        self, pair: Measured, chosen: Sequence[Rule], *, drafted: bool
    ) -> tuple[Reason, ...]:
        found = tuple(reason for rule in chosen if (reason := rule(pair)))
        return (*found, *rules.told(pair.certain), *self._meaning(pair, drafted))

    def _meaning(self, pair: Measured, drafted: bool) -> tuple[Reason, ...]:
        """Return the verifiers' reason with the words that differ; without a verifier nothing passes."""
        if self.small is None and self.larger is None:
            return (UNVERIFIED,)
        value, needed = self.probability(pair), self.threshold(pair, drafted=drafted)
        if value >= needed:
            return ()
        told = rules.told(one for one in pair.differences if not one.certain)
        meaning = Reason("meaning", round(value, 3), f"≥ {needed:g}")
        return (meaning, *(told or unmatched(pair)))


def unmatched(pair: Measured) -> tuple[Reason, ...]:
    """Return reasons that name the content words which only one side has."""
    old, new = (
        {t.lemma: t.text for t in one.core if t.pos in CONTENT} for one in (pair.source, pair.text)
    )
    lost = ", ".join(text for lemma, text in old.items() if lemma not in new)
    added = ", ".join(text for lemma, text in new.items() if lemma not in old)
    sides = (("lost words", lost), ("added words", added))
    return tuple(Reason(name, words, "none") for name, words in sides if words)
