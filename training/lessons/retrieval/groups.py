"""What a reranker is trained on: a question, the text that answers it, and texts that only seem to.

The wrong texts are drawn from those that the untrained encoder ranks highest for the question, so
that words and subject alone tell nothing: what is left to learn is which text answers.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Encoder
from samovar.search.passages.words import script
from training.corpora.topic import Topic
from training.lessons.retrieval import neighbours

NEAREST = 12
"""Texts of which the wrong ones are drawn: the nearest alone are too often right after all."""


@dataclass(frozen=True, slots=True)
class Group:
    """Hold one question and the texts that are ranked against each other for it."""

    question: str
    texts: tuple[str, ...]
    """The first one answers the question."""
    origin: str
    """Folder of the data set."""


def grouped(
    topics: Sequence[Topic], encoder: Encoder, most: int, negatives: int, seed: int
) -> list[Group]:
    """Return one group for each question that is drawn.

    Args:
        topics: texts with their questions; a question that several answer is asked of each.
        encoder: finds the texts that are easily taken for the right one.
        most: questions of each data set.
        negatives: wrong texts of a group; fewer where there are not so many.
        seed: of what is drawn.
    """
    groups: list[Group] = []
    for origin, places in neighbours.by_origin(topics).items():
        draw = random.Random(f"{seed}/{origin}")
        asked = _asked([topics[at] for at in places], most, draw)
        scores = neighbours.similarities(asked, encoder)
        scripts = np.array([script(topic.text) for topic in asked])
        owners = [(at, question) for at, topic in enumerate(asked) for question in topic.questions]
        for (at, question), row in zip(owners, scores, strict=True):
            wrong = _confused(row, scripts == scripts[at], negatives, draw)
            texts = (asked[at].text, *(asked[other].text for other in wrong))
            groups.append(Group(question, texts, origin))
    return groups


def _asked(topics: Sequence[Topic], most: int, draw: random.Random) -> list[Topic]:
    """Return `topics`, which keep at most `most` of their questions in all."""
    questions = [(at, question) for at, topic in enumerate(topics) for question in topic.questions]
    drawn = draw.sample(questions, min(most, len(questions)))
    kept: list[list[str]] = [[] for _ in topics]
    for at, question in drawn:
        kept[at].append(question)
    return [replace(topic, questions=tuple(own)) for topic, own in zip(topics, kept, strict=True)]


def _confused(
    scores: NDArray[np.float32], alike: NDArray[np.bool_], negatives: int, draw: random.Random
) -> list[int]:
    """Return the numbers of wrong texts, drawn from the nearest.

    At least half of these have the script of the right text. The encoder puts texts in the question's
    own language first, so that the language would else tell whether a text is right.
    """
    own = neighbours.highest(np.where(alike, scores, -np.inf), NEAREST)
    near = list(dict.fromkeys([*own, *neighbours.highest(scores, NEAREST)]))
    return draw.sample(near, min(negatives, len(near)))
