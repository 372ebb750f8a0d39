"""More pairs out of the same texts: a rewording takes the place of its request.

Two texts that ask for the same as a request ask for the same as each other; one that does and one that
does not ask for different things. So a pair shares few words whether its answer is yes or no, and the
share of words gives nothing away.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, permutations

from training.corpora.requests import RequestPair

SAME, OTHER = 3, 5
"""Crossed pairs of one request that ask for the same and for something else, at most."""


def crossed(pairs: Sequence[RequestPair], seed: int) -> list[RequestPair]:
    """Return `pairs`, those of one request together, with the pairs that follow from them."""
    draw = random.Random(seed)
    made: list[RequestPair] = []
    for _, group in groupby(pairs, lambda pair: (pair.source, pair.language)):
        own = list(group)
        same = [pair for pair in own if pair.same]
        other = [pair for pair in own if not pair.same]
        alike = [replace(b, source=a.text) for a, b in permutations(same, 2) if a.text != b.text]
        unlike = [replace(b, source=a.text) for a in same for b in other]
        made += own
        made += draw.sample(alike, min(SAME, len(alike)))
        made += draw.sample(unlike, min(OTHER, len(unlike)))
    return made


def turned(pair: RequestPair) -> RequestPair:
    """Return `pair` with its two texts in each other's place: the question has no direction."""
    return replace(pair, source=pair.text, text=pair.source)


def half_turned(pairs: Sequence[RequestPair], seed: int) -> list[RequestPair]:
    """Return `pairs`, about half of them turned.

    A text that asks for something else otherwise always comes second, and a model learns to tell those
    that were made up by their style, without a look at what is beside them (docs/LOG.md).
    """
    draw = random.Random(seed)
    return [turned(pair) if draw.random() < 0.5 else pair for pair in pairs]
