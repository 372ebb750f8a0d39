"""Which topics train and which only validate: the encoder of search and its reranker share the split."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from training.corpora.topic import Topic
from training.lessons.retrieval import neighbours


def parts(topics: Sequence[Topic], percent: int, run: int = 10) -> tuple[list[Topic], list[Topic]]:
    """Return what trains and what validates, split by runs of `run` topics that follow each other."""
    sides: tuple[list[Topic], list[Topic]] = ([], [])
    for origin, places in neighbours.by_origin(topics).items():
        for at, place in enumerate(places):
            name = hashlib.sha256(f"{origin} {at // run}".encode()).digest()
            sides[name[0] % 100 < percent].append(topics[place])
    return sides
