"""Batches of topics that are easily taken for each other: every batch brings its own hard negatives.

For every topic the texts are mined that the untrained encoder ranks highest for its questions and
that do not answer them. A batch is filled with such families, so that the text of each question is
a mined negative for the others and no text is read only to be wrong (after Sachidananda et al.
2023, Global Selection of Contrastive Batches).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Encoder
from training.corpora.topic import Topic

MINED = 24
"""Neighbours kept of each topic; a family takes the first that are still free."""


def mined(topics: Sequence[Topic], encoder: Encoder) -> list[list[int]]:
    """Return for each topic the numbers of those wrongly ranked highest for its questions, best first.

    Only texts of the same origin count: telling a translation from an article is no lesson.
    """
    confused: list[list[int]] = [[] for _ in topics]
    for places in by_origin(topics).values():
        texts = [topics[at] for at in places]
        ends = np.cumsum([len(topic.questions) for topic in texts])
        each = np.split(similarities(texts, encoder), ends[:-1])
        for own, scores in zip(places, each, strict=True):
            confused[own] = [places[at] for at in highest(scores.max(axis=0), MINED)]
    return confused


def similarities(topics: Sequence[Topic], encoder: Encoder) -> NDArray[np.float32]:
    """Return the cosine of every question with every text, [questions, texts].

    Questions stand in the order of their topics, which are of one origin. Where the text answers the
    question, or is a translation of one that does, there is -inf.
    """
    texts = encoder.encode([topic.text for topic in topics], topics[0].read_as)
    asked = encoder.encode(list(chain.from_iterable(topic.questions for topic in topics)), "query")
    keys = np.unique([topic.key for topic in topics], return_inverse=True)[1]
    owners = np.repeat(keys, [len(topic.questions) for topic in topics])
    cosines: NDArray[np.float32] = asked @ texts.T
    cosines[owners[:, None] == keys] = -np.inf
    return cosines


def highest(scores: NDArray[np.float32], most: int) -> list[int]:
    """Return the places of the `most` highest of `scores`, best first, -inf left out."""
    order = np.argsort(-scores, kind="stable")[:most]
    return [int(at) for at in order if np.isfinite(scores[at])]


def plan(
    topics: Sequence[Topic],
    near: Sequence[Sequence[int]],
    size: int,
    family: int,
    seed: str,
    only: Collection[str] | None = None,
) -> list[list[int]]:
    """Return batches of topic numbers, each of one origin, that hold every topic once.

    Args:
        topics: all topics.
        near: their mined neighbours, best first.
        size: topics in a batch.
        family: topics that come together, a random one and its nearest that are still free.
        seed: of the random order.
        only: the origins that take part; all by default.
    """
    draw = random.Random(seed)
    batches: list[list[int]] = []
    for origin, places in by_origin(topics).items():
        if only is not None and origin not in only:
            continue
        order = draw.sample(places, len(places))
        free = dict.fromkeys(order)
        row: list[int] = []
        for first in order:
            if first not in free:
                continue
            members = [first, *(at for at in near[first] if at in free)][:family]
            for at in members:
                del free[at]
            row += members
        batches += [row[start : start + size] for start in range(0, len(row), size)]
    return [batch for batch in batches if len(batch) > 1]


def drawn(topics: Sequence[Topic], most: int, seed: int) -> list[Topic]:
    """Return at most `most` topics of each origin, in their order."""
    kept: list[int] = []
    for origin, places in by_origin(topics).items():
        kept += random.Random(f"{seed}/{origin}").sample(places, min(most, len(places)))
    return [topics[at] for at in sorted(kept)]


def by_origin(topics: Sequence[Topic]) -> dict[str, list[int]]:
    """Return the numbers of the topics of each data set."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, topic in enumerate(topics):
        places[topic.origin].append(at)
    return places
