"""Which fact a question that leans on the talk asks for: "Why was she on it?", «А что с ним потом стало?».

Such a question says little by itself, and the talk before it is about the fact that was just told. So each
fact is weighed by several measures: of the question, of the talk, of both, of how near the fact is to the one
that the talk is about, which itself is hardly asked for again once it was told whole. The weights are fitted
by `python -m training.matcher`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from samovar.character.grounding.lexical import Lexicon
from samovar.character.grounding.matcher import Matcher
from samovar.models.base import Encoder
from samovar.records import Fact

Array = NDArray[np.float32]
MEASURES = ("question", "talk", "both", "cosine", "kin", "lexical", "told")
"""Matcher's logarithms of the question, of the talk and of both; the question's cosine; the cosine to the
fact that the talk is about; the question's lexical similarity; 1 for the fact that was told whole."""
ABOUT = ("question", "both", "cosine", "lexical", "small_talk", "always")
"""What tells whether a fact is asked for at all: measures of the likeliest one; the logarithm of how likely
the question by itself is small talk; 1."""
FLOOR = -12.0
"""Least logarithm of a chance."""


class Base(Protocol):
    """Hold facts as FactBase does."""

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts."""
        ...

    @property
    def vectors(self) -> Array:
        """Return their vectors, float32 [facts, dimensions]."""
        ...

    @property
    def russian(self) -> Array:
        """Return those of the Russian facts, float32 [facts, dimensions]."""
        ...

    @property
    def wording(self) -> Lexicon:
        """Return the lexicon of the facts with their questions."""
        ...


def measures(
    base: Base,
    matcher: Matcher,
    encoder: Encoder,
    questions: Sequence[str],
    named: Sequence[str],
    talks: Sequence[str],
    told: Sequence[str],
) -> Array:
    """Return the MEASURES of each fact for each question, float32 [questions, facts, measures].

    `named` are the questions with names for their pronouns, `talks` what was said before each, `told` the ids
    of the facts that were told there; empty: none was told whole.
    """
    ids = [fact.id for fact in base.facts]
    joined = [f"{talk} {one}" for talk, one in zip(talks, questions, strict=True)]
    alone, before, both = (matcher.logs(encoder, some, ids) for some in (questions, talks, joined))
    vectors = encoder.encode(list(named), "query")
    cosines = np.maximum(vectors @ base.vectors.T, vectors @ base.russian.T)
    kin = base.vectors[before.argmax(axis=1)] @ base.vectors.T
    lexical = base.wording.similarities(list(named))
    once = np.array([[id == one for id in ids] for one in told], np.float32)
    centred = (some - some.mean(axis=1, keepdims=True) for some in (cosines, kin))
    cosine, near = centred
    return np.stack([alone, before, both, cosine, near, lexical, once], axis=-1).astype(np.float32)


def about(
    base: Base,
    matcher: Matcher,
    encoder: Encoder,
    questions: Sequence[str],
    found: Array,
    likeliest: NDArray[np.int64],
) -> Array:
    """Return what is ABOUT the facts at the places `likeliest`, float32 [questions, 6], one a question."""
    lines = sorted(set(matcher.places) - {fact.id for fact in base.facts})
    small = np.full(len(questions), FLOOR, np.float32)
    if lines:
        small = np.log(np.exp(matcher.logs(encoder, questions, lines)).sum(axis=1) + np.exp(FLOOR))
    own = found[np.arange(len(found)), likeliest]
    columns = [own[:, MEASURES.index(name)] for name in ABOUT[:-2]]
    return np.stack([*columns, small, np.ones(len(own))], axis=-1).astype(np.float32)


def chances(found: Array, weights: Mapping[str, float]) -> Array:
    """Return how likely each fact is asked for if one is, float32 [questions, facts], of their measures."""
    scores = found @ np.array([weights[name] for name in MEASURES], np.float32)
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True), np.float32)


def asked(found: Array, weights: Mapping[str, float]) -> Array:
    """Return how likely any fact is asked for, float32 [questions], of what is `about` the likeliest."""
    scores = found @ np.array([weights[name] for name in ABOUT], np.float32)
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)
