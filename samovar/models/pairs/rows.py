"""Two texts that are read together, `<s> FIRST </s> </s> SECOND </s>`, as ids and segments.

How a pair is written stands here once; serving and training import it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models.base import TextKind
from samovar.models.encoders import encoding
from samovar.models.encoders.plain_tokenizer import signs, tokenizer_of

SPECIAL = 4
"""Tokens of a pair that belong to neither text."""
FIRST, SECOND = 1, 2
"""Segments; special tokens and padding are 0."""
Row = tuple[list[int], list[int]]
"""Ids and segments of one pair."""


@dataclass(frozen=True, slots=True)
class PairForm:
    """Say how a network reads its pairs."""

    longest: int
    """Tokens of a pair, the four special ones included; the longer text is cut first."""
    first: TextKind
    second: TextKind
    """Which of the base's prefixes each text gets."""


class PairTokenizer:
    """Turn pairs of texts into rows of ids and segments."""

    def __init__(self, path: Path, base: Model, form: PairForm) -> None:
        """Read the file at `path`, the tokenizer of `base`.

        Raises:
            ModelError: it has no `<s>` or no `</s>`.
        """
        self._tokenizer = tokenizer_of(path)
        self._base, self._form = base, form
        self._begin, self._end = signs(self._tokenizer, base)

    def rows(self, pairs: Sequence[tuple[str, str]]) -> list[Row]:
        """Return each pair as a row of at most `longest` tokens; equal texts are encoded once."""
        first, second = self._form.first, self._form.second
        texts: dict[TextKind, dict[str, None]] = {first: {}, second: {}}
        for left, right in pairs:
            texts[first][left] = texts[second][right] = None
        ids = {kind: self._ids(list(own), kind) for kind, own in texts.items()}
        return [self._row(ids[first][one], ids[second][two]) for one, two in pairs]

    def _ids(self, texts: Sequence[str], kind: TextKind) -> dict[str, list[int]]:
        prefixed = encoding.prefixed(self._base, texts, kind)
        encoded = self._tokenizer.encode_batch(prefixed, add_special_tokens=False)
        return {text: found.ids for text, found in zip(texts, encoded, strict=True)}

    def _row(self, first: list[int], second: list[int]) -> Row:
        taken_first, taken_second = _lengths(len(first), len(second), self._form.longest - SPECIAL)
        end = self._end
        ids = [self._begin, *first[:taken_first], end, end, *second[:taken_second], end]
        return ids, [0, *[FIRST] * taken_first, 0, 0, *[SECOND] * taken_second, 0]


def padded(rows: Sequence[Row]) -> dict[str, NDArray[np.int64]]:
    """Return `rows` as the three inputs of the network, int64 [rows, tokens] each."""
    shape = (len(rows), max(len(ids) for ids, _ in rows))
    names = ("input_ids", "attention_mask", "segments")
    inputs = {name: np.zeros(shape, np.int64) for name in names}
    for at, (ids, segments) in enumerate(rows):
        inputs["input_ids"][at, : len(ids)] = ids
        inputs["attention_mask"][at, : len(ids)] = 1
        inputs["segments"][at, : len(ids)] = segments
    return inputs


def _lengths(left: int, right: int, room: int) -> tuple[int, int]:
    """Return how much of both texts stays: the longer one is cut, then both alike."""
    over = left + right - room
    if over <= 0:
        return left, right
    gap = min(abs(left - right), over)
    left, right = (left - gap, right) if left > right else (left, right - gap)
    over -= gap
    return left - over // 2, right - (over - over // 2)
