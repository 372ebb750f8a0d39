"""Which sentence of a passage is nearest to the question; only of the hits that are shown."""

from __future__ import annotations

from collections.abc import Sequence

from samovar.models.base import Encoder
from samovar.records import Hit
from samovar.search.passages.words import shared

MOST = 10
"""Hits whose sentences are encoded: a few milliseconds a sentence."""


def nearest(hits: Sequence[Hit], question: str, encoder: Encoder | None) -> tuple[str, ...]:
    """Return the nearest sentence of each of the first MOST hits, "" where the passage has only one.

    Without an encoder it is the one that shares most words with the question.
    """
    split = [_sentences(hit.text) for hit in hits[:MOST]]
    every = [sentence for own in split if len(own) > 1 for sentence in own]
    if not every:
        return ("",) * len(split)
    scores = dict(zip(every, _scores(every, question, encoder), strict=True))
    return tuple(max(own, key=scores.__getitem__) if len(own) > 1 else "" for own in split)


def _scores(sentences: Sequence[str], question: str, encoder: Encoder | None) -> list[float]:
    if encoder is None:
        return [float(len(shared(sentence, question))) for sentence in sentences]
    asked = encoder.encode([question], "query")[0]
    scores: list[float] = (encoder.encode(sentences, "passage") @ asked).tolist()
    return scores


def _sentences(text: str) -> list[str]:
    from razdel import sentenize

    return [sentence.text for sentence in sentenize(text)]
