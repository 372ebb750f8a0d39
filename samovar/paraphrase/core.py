"""Over-generate, validate and choose: the whole paraphrase tool without page or files."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from samovar.errors import ModelError
from samovar.paraphrase.generation.selection import twin
from samovar.paraphrase.generation.writers import Draft, Writer, cleaned
from samovar.paraphrase.nlu.marks import Slot, unmarked
from samovar.paraphrase.validation.measured import Measured
from samovar.paraphrase.validation.rules import lost_slots
from samovar.paraphrase.validation.styles import STYLES, Style, styles
from samovar.paraphrase.validation.validator import Validator
from samovar.paraphrase.validation.words import pinc, words
from samovar.phrases import Language
from samovar.records import Cost, Reason, Variant

SURPLUS = "surplus"
TWINS = Reason(SURPLUS, "too like a chosen one", "other words")
BEYOND = Reason(SURPLUS, "passes, not needed", "n")
LATE = Reason(SURPLUS, "no time was left to verify it", "more time")
ASKED = 16
"""Texts about which the larger model is asked at most, a third of a second each."""
SECONDS = 10.0
"""From here on no more is written or verified; what is under way ends."""


@dataclass(frozen=True, slots=True)
class Paraphrases:
    """Hold all variants of one original: the accepted ones first, in the order they were chosen."""

    original: str
    asked: int
    slots: tuple[Slot, ...]
    variants: tuple[Variant, ...]
    drawn: int
    """Samples drawn; exact copies of each other count here and are listed once."""
    cost: Cost
    stopped: bool = False
    """Whether a visitor stopped the run, or its time was over."""

    @property
    def accepted(self) -> tuple[Variant, ...]:
        """Return the variants that passed every check and were chosen."""
        return tuple(variant for variant in self.variants if variant.accepted)


def paraphrase(
    text: str,
    n: int,
    seed: int,
    language: Language,
    writers: Sequence[Writer],
    validator: Validator,
    model: tuple[str, str],
    stop: threading.Event | None = None,
    seconds: float = SECONDS,
) -> Paraphrases:
    """Return up to `n` accepted paraphrases of `text` and every rejected candidate with its reasons.

    The `writers` write in turn, round by round, until `n` are accepted. `model` is the title and the
    engine that the result names.
    """
    begun = time.perf_counter()
    plain, slots = unmarked(" ".join(text.split()))
    run = _Run(plain, slots, n, validator, stop or threading.Event(), begun + seconds)
    for writer in writers:
        for turn in range(writer.rounds):
            if run.over:
                break
            drafts = writer.drafts(plain, language, seed, turn, run.missing, run.stop)
            run.drawn += len(drafts)
            run.take(cleaned(drafts, plain))
            run.choose()
    run.fill()
    late = len(run.accepted) < n and run.ended
    cost = Cost((time.perf_counter() - begun) * 1000, *model)
    return Paraphrases(plain, n, slots, run.variants(), run.drawn, cost, late)


@dataclass
class _Run:
    """Gather the candidates of one request."""

    original: str
    slots: tuple[Slot, ...]
    n: int
    validator: Validator
    stop: threading.Event
    until: float
    drawn: int = 0
    accepted: list[Measured] = field(default_factory=list)
    waiting: list[Measured] = field(default_factory=list)
    """What passed so far; the larger model may still have to verify it."""
    twins: list[Measured] = field(default_factory=list)
    rejected: list[tuple[Measured, tuple[Reason, ...]]] = field(default_factory=list)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    asked: int = 0

    @property
    def over(self) -> bool:
        """Tell whether there is nothing to wait for."""
        return self.ended or self.asked >= ASKED

    @property
    def ended(self) -> bool:
        """Tell whether the run was stopped, its time is over, or there are enough."""
        late = self.stop.is_set() or time.perf_counter() > self.until
        return late or len(self.accepted) >= self.n

    @property
    def _next(self) -> list[Measured]:
        """Return what may still be looked at: all that waits, or what needs no asking."""
        return [one for one in self.waiting if self.asked < ASKED or not self._asks(one)]

    @property
    def missing(self) -> tuple[Style, ...]:
        """Return the styles that no accepted variant has yet."""
        there = {style for pair in self.accepted for style in styles(pair)}
        return tuple(style for style in STYLES if style not in there)

    def take(self, drafts: Sequence[Draft]) -> None:
        """Measure new drafts and sort out what fails the cheap checks."""
        fresh: list[Draft] = []
        for draft in drafts:
            key = tuple(words(draft.text))
            if key and key not in self.seen:
                self.seen.add(key)
                fresh.append(draft)
        pairs = self.validator.measured([(self.original, draft.text) for draft in fresh])
        for pair, draft in zip(pairs, fresh, strict=True):
            lost = lost_slots(pair, self.slots)
            reasons = (*lost, *self.validator.against_variant(pair, draft.finished))
            if reasons:
                self.rejected.append((pair, reasons))
            else:
                self.waiting.append(pair)

    def choose(self) -> None:
        """Accept the best of what waits, one after the other, until there are enough."""
        while (left := self._next) and not self.ended:
            pair = max(left, key=self._worth)
            self.waiting.remove(pair)
            if twin(pair.text.text, [one.text.text for one in self.accepted]):
                self.twins.append(pair)
                continue
            try:
                verified = self._verified(pair)
            except ModelError:
                if not self.stop.is_set():
                    raise
                self.waiting.insert(0, pair)
                return
            reasons = self.validator.against_variant(verified)
            if reasons:
                self.rejected.append((verified, reasons))
            else:
                self.accepted.append(verified)

    def fill(self) -> None:
        """Accept what needs no asking, also when the time is over."""
        for pair in sorted(self.waiting, key=self._worth, reverse=True):
            twins = twin(pair.text.text, [one.text.text for one in self.accepted])
            ready = not self._asks(pair) and not twins
            if ready and len(self.accepted) < self.n and not self.validator.against_variant(pair):
                self.waiting.remove(pair)
                self.accepted.append(pair)

    def _worth(self, pair: Measured) -> tuple[bool, bool, float]:
        """Return what is looked at first: texts that reword, then those in a style that is missing."""
        fresh = not {*self.missing}.isdisjoint(styles(pair))
        return pair.new_core, fresh, self.validator.probability(pair)

    def _asks(self, pair: Measured) -> bool:
        """Tell whether the larger model is asked: of a new opening the small one is sure enough."""
        opened = not pair.new_core and (pair.small or 0.0) >= self.validator.thresholds.alone
        return self.validator.asks(pair) and not opened

    def _verified(self, pair: Measured) -> Measured:
        if not self._asks(pair):
            return pair
        self.asked += 1
        return self.validator.confirmed(pair, self.stop)

    def variants(self) -> tuple[Variant, ...]:
        """Return the chosen ones first, then what passed but is surplus, then the rejected."""
        left = BEYOND if len(self.accepted) >= self.n else LATE
        rejected = sorted(self.rejected, key=lambda one: (len(one[1]), -one[0].similarity))
        listed = [
            *((pair, ()) for pair in self.accepted),
            *((pair, (TWINS,)) for pair in self.twins),
            *((pair, (left,)) for pair in self.waiting),
            *rejected,
        ]
        return tuple(self._variant(pair, reasons) for pair, reasons in listed)

    def _variant(self, pair: Measured, reasons: tuple[Reason, ...]) -> Variant:
        return Variant(
            pair.text.text,
            not reasons,
            reasons,
            round(pair.similarity, 4),
            round(pinc(self.original, pair.text.text), 4),
            pair.new_core,
            round(self.validator.probability(pair), 4),
            styles(pair),
        )
