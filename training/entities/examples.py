"""What the token classifier learns from: sentences as rows of pieces, with the class of each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from samovar.models.taggers.token_tagger import TAGS, Row, WordPieces, padded
from samovar.ner.tagging.labels import NAMES
from training.entities.sentences import Tagged

IGNORED = -100
"""Target of a piece that speaks for no word."""
FREE = len(TAGS)
"""Target of a word outside of names in a corpus that does not mark MISC: O or MISC, never mind which."""


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one row of pieces and the class of each of its words."""

    row: Row
    classes: tuple[int, ...]


def examples(sentence: Tagged, pieces: WordPieces, labels: Sequence[str]) -> list[Example]:
    """Return the rows of a sentence; `labels` are those that its corpus marks."""
    outside = FREE if set(NAMES) - set(labels) else 0
    classes = [TAGS.index(tag) if tag != "O" else outside for tag in sentence.tags]
    rows, at = [], 0
    for row in pieces.parts(sentence.words):
        rows.append(Example(row, tuple(classes[at : at + len(row.firsts)])))
        at += len(row.firsts)
    return rows


def batch(examples: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Return input_ids, attention_mask and classes, [rows, pieces], and weight [rows].

    `weight` makes the mean over rows of the summed losses the mean over all words, also when the
    rows are dealt out to several processes.
    """
    inputs = padded([example.row for example in examples])
    classes = np.full(inputs["input_ids"].shape, IGNORED)
    for at, example in enumerate(examples):
        classes[at, list(example.row.firsts)] = example.classes
    words = max(1, sum(len(example.classes) for example in examples))
    return {
        **{name: torch.from_numpy(values) for name, values in inputs.items()},
        "classes": torch.from_numpy(classes),
        "weight": torch.full((len(examples),), len(examples) / words),
    }
