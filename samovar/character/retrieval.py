"""Find the facts that a message is about.

Plain cosines do not work here: e5's lie between 0.7 and 0.9 for everything, and a few facts come
near every message (a faith healer answered "Hi, how are you?"). So each fact's mean similarity to
small talk is taken off first, and a fact counts only when it stands out further than any fact
does for most of the small talk. Nothing here depends on the encoder's scale.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Encoder
from samovar.models.files.weights import cached
from samovar.records import Fact

Vectors = NDArray[np.float32]

SMALL_TALK = (
    "Hello there, good to see you!",
    "How are you doing today?",
    "What is the weather like tomorrow?",
    "Thanks, that is all for now.",
    "Can you help me with my homework?",
    "What is two plus two?",
    "Which country is the largest in the world?",
    "Tell me something funny, please.",
    "I think I will cook pasta tonight.",
    "Why is the sky blue?",
    "What are you thinking about?",
    "Who are you?",
    "Здравствуйте, рад вас видеть!",
    "Как ваши дела сегодня?",
    "Какая завтра будет погода?",
    "Спасибо, на этом всё.",
    "Поможете мне с домашним заданием?",
    "Сколько будет три плюс пять?",
    "Какая страна самая большая в мире?",
    "Расскажите что-нибудь смешное.",
    "Вечером я приготовлю макароны.",
    "Почему небо голубое?",
    "О чём вы думаете?",
    "Кто вы такой?",
)
"""Messages that no fact answers, in both languages of the page."""
MOST = 3
FLOOR = 0.75
"""Share of the small talk whose best fact would be refused."""
NEAR = 0.6
"""A fact must stand out at least this much of what the best one does."""


@dataclass(frozen=True, slots=True)
class FactBase:
    """Hold facts with their vectors [facts, dimensions] and what is normal for each of them."""

    facts: tuple[Fact, ...]
    vectors: Vectors
    usual: Vectors
    """Mean cosine of each fact to small talk."""
    floor: float

    def nearest(self, encoder: Encoder, message: str, most: int = MOST) -> tuple[Fact, ...]:
        """Return up to `most` facts that `message` is about, best first; often there is none."""
        cosines = self.vectors @ encoder.encode([message], "query")[0]
        outstanding = _centred(cosines - self.usual)
        best = np.argsort(-outstanding)[:most]
        least = max(self.floor, NEAR * float(outstanding[best[0]]))
        return tuple(
            replace(self.facts[i], score=round(float(cosines[i]), 4))
            for i in best
            if outstanding[i] >= least
        )


def fact_base(encoder: Encoder, facts: Sequence[Fact], cache: Path) -> FactBase:
    """Return the fact base for this encoder, its vectors computed once into `cache`.

    Raises:
        StoreError: the cache cannot be written.
    """
    texts = [fact.text for fact in facts]
    signature = "\n".join((encoder.name, encoder.revision, encoder.engine, *SMALL_TALK, *texts))
    digest = hashlib.sha256(signature.encode()).hexdigest()[:16]

    def build(folder: Path) -> None:
        np.save(folder / "facts.npy", encoder.encode(texts, "passage"))
        np.save(folder / "small_talk.npy", encoder.encode(SMALL_TALK, "query"))

    folder = cached(cache / "facts" / digest, build)
    vectors: Vectors = np.load(folder / "facts.npy")
    talk = np.load(folder / "small_talk.npy") @ vectors.T
    usual = talk.mean(0)
    others = (talk.sum(0) - talk) / (len(talk) - 1)  # each line is compared with the other lines
    tops = [_centred(row).max() for row in talk - others]
    return FactBase(tuple(facts), vectors, usual, float(np.quantile(tops, FLOOR)))


def _centred(values: Vectors) -> Vectors:
    """Take off what the message has in common with all facts (a Russian one: less than others)."""
    centred: Vectors = values - values.mean()
    return centred
