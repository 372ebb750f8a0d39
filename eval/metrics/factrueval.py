"""Natasha on factRuEval-2016 by the rule of its own published figures: are they reached here?

The rule (natasha/naeval, ner/score.py): the F1 of words inside names, each label apart, whatever
the borders. Persons count whole, organizations and places by their names only, of nested names the
outer one, and words are those of razdel.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from razdel import tokenize

from samovar.figures import statistics
from samovar.ner.annotated.gold import Annotated
from samovar.ner.score import tagged
from samovar.ner.scoring.counts import f1
from samovar.records import Span
from training.entities import corpora

PUBLISHED = {"PER": 0.959, "LOC": 0.915, "ORG": 0.825}
"""github.com/natasha/naeval, table ner1, row slovnet, 2020."""
PARTS = {"devset": corpora.TRAINING["factrueval"], "testset_a": corpora.SCORING["factrueval"]}


def token_row(text: str, answered: Sequence[Span], known: Sequence[Span], label: str) -> list[int]:
    """Return (right, found, known) words of one label.

    >>> lee = Span(0, 7, "PER", "Ann Lee")
    >>> token_row("Ann Lee left", [Span(0, 3, "PER", "Ann")], [lee], "PER")
    [1, 1, 2]
    """
    places = [(token.start, token.stop) for token in tokenize(text)]

    def inside(spans: Sequence[Span]) -> set[int]:
        return {
            at
            for at, (start, stop) in enumerate(places)
            for span in spans
            if span.label == label and span.start <= start and stop <= span.end
        }

    said, right = inside(answered), inside(known)
    return [len(said & right), len(said), len(right)]


def natasha_figures(data_dir: Path, tagger: str = "natasha") -> dict[str, Any]:
    """Return Natasha's figures by its own rule, of each part and of both together."""
    rows: dict[str, list[list[list[int]]]] = {}
    for name, part in PARTS.items():
        texts = corpora.texts(part, data_dir)
        rows[name] = [_rows(one, tagger) for one in texts]
    rows["both"] = [row for name in PARTS for row in rows[name]]
    return {
        "published": PUBLISHED,
        "parts": {name: {"texts": len(found), **_figures(found)} for name, found in rows.items()},
    }


def _rows(annotated: Annotated, tagger: str) -> list[list[int]]:
    answered = tagged(tagger, annotated).spans
    return [token_row(annotated.text, answered, annotated.spans, label) for label in PUBLISHED]


def _figures(rows: Sequence[Sequence[Sequence[int]]]) -> dict[str, list[float]]:
    """Return F1 with the bounds of its interval, by label."""
    counts = np.array(rows, dtype=np.float64)  # [texts, labels, 3]
    figures = {}
    for at, label in enumerate(PUBLISHED):
        own = counts[:, at]
        interval = statistics.metric(len(own), lambda c, own=own: f1(own[c].sum(axis=0)))  # type: ignore[misc]
        figures[label] = [
            round(value, 4) for value in (interval.value, interval.low, interval.high)
        ]
    return figures
