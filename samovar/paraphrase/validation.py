"""The checks that a paraphrase must pass; each failure names the check, the value and the threshold.

They run from cheap to dear and all of them run: a rejected text shows every reason. Variants of a
command pass `check`; `verify` checks any two sentences, where form and style are free and only the
meaning counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from samovar.paraphrase import rules
from samovar.paraphrase.act import Act, act
from samovar.paraphrase.features import differing, features
from samovar.paraphrase.measurement import Measured
from samovar.paraphrase.thresholds import LIMITS, Detector
from samovar.paraphrase.words import words
from samovar.records import Reason

Rule = Callable[[Measured], Reason | None]
REPORT = re.compile(
    r"^[\"“«]|\b(?:is|are|was|were|has|had|said|says|will|would|could|did|does|rose"
    r"|fell|got|won|came|went|gave|saw|held|led|told|began|(?:is|was|did|does|has)n['’]t|[a-z]{3,}ed)\b"
    r"|\b(?:был[аио]?|[а-яё]{3,}(?:ал|ил|ел|ял|ли|ла|ло|лся|лись|лась))\b"
)
"""A quotation, or a finite verb of a report."""
REQUESTS = (Act.COMMAND, Act.WISH, Act.PLAN)


def check(pair: Measured, finished: bool = True) -> tuple[Reason, ...]:
    """Return every reason against a generated variant; none means accepted."""
    cut = Reason("unfinished", "cut at the length limit", "a full stop")
    found = (rule(pair) for rule in CHECKS)
    return (*(() if finished else (cut,)), *(reason for reason in found if reason is not None))


def verify(pair: Measured, detector: Detector) -> tuple[Reason, ...]:
    """Return every reason why two texts do not say the same; none means that they do.

    Form and style are free, and a report may leave a detail out: the score weighs that. Beside it,
    each small word counts in a short request, and a figure or a "not" in texts that are else alike.
    """
    value = score(pair, detector)
    low = [Reason("score", value, f"≥ {detector.threshold}")] if value < detector.threshold else []
    chosen = [
        *RULES_ALWAYS,
        *(RULES_WHEN_ALIKE if _alike(pair) else ()),
        *(RULES_FOR_REQUESTS if _short_request(pair) else ()),
    ]
    if low:
        chosen += RULES_WHEN_REJECTED
    found = dict.fromkeys(rule(pair) for rule in chosen)
    return (*low, *(reason for reason in found if reason is not None))


def score(pair: Measured, detector: Detector) -> float:
    """Return the probability, 0 to 1, that both texts say the same."""
    return round(detector.score(features(pair)), 4)


def _alike(pair: Measured) -> bool:
    """Tell whether so few words differ that each of them is the message, or the text is a request."""
    return differing(pair) <= LIMITS.alike or _short_request(pair)


def _short_request(pair: Measured) -> bool:
    """Tell whether the original is a command, a wish or a question of a few words.

    `act` takes what it does not know for a command; a finite verb shows that it is a report.
    """
    if len(words(pair.original)) > LIMITS.short:
        return False
    found = act(pair.original, pair.language)
    if found is Act.QUESTION:
        return not pair.original.rstrip().endswith(".")
    return found in REQUESTS and not REPORT.search(pair.original)


CHECKS: tuple[Rule, ...] = (
    rules.copied,
    rules.length,
    rules.repetition,
    rules.diversity,
    rules.figures,
    rules.other_negations,
    rules.lost_names,
    rules.other_relations,
    rules.other_persons,
    rules.other_prepositions,
    rules.other_order,
    rules.other_act,
    rules.form,
    rules.similarity,
    rules.added_words,
    rules.lost_words,
    rules.forward,
    rules.backward,
)
"""Of a generated variant of a command."""
RULES_ALWAYS: tuple[Rule, ...] = (rules.identical, rules.other_script)
RULES_WHEN_ALIKE: tuple[Rule, ...] = (
    rules.replaced_figures,
    rules.other_names,
    rules.other_negations,
)
"""Of two texts that are short or nearly the same words."""
RULES_FOR_REQUESTS: tuple[Rule, ...] = (
    rules.figures,
    rules.lost_names,
    rules.other_relations,
    rules.other_persons,
    rules.added_words,
    rules.lost_words,
)
"""Of a short request: where its words differ, something else is asked for."""
RULES_WHEN_REJECTED: tuple[Rule, ...] = (
    rules.figures,
    rules.other_negations,
    rules.lost_names,
    rules.other_relations,
    rules.other_prepositions,
    rules.added_words,
    rules.lost_words,
    rules.forward,
    rules.backward,
)
"""Named beside a low score: what probably lowered it."""
