"""What both entailment engines share: the adapter's head, how a pair becomes tokens, batches.

The cross-encoder reads `<s> query: PREMISE </s> </s> query: HYPOTHESIS </s>`. Its head sees the
state of the first token, the means of both texts, their difference and their product. The form of
a pair is written here once; training imports it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models import adapters, bert_adapter, encoding, headed_adapter
from samovar.models.adapters import Adapter
from samovar.models.calibration import Temperatures
from samovar.models.headed_adapter import HeadedWeights
from samovar.phrases import Phrase
from samovar.records import Entailment
from samovar.settings import Settings

ROLE = "entailment"
LABELS = ("entailment", "neutral", "contradiction")
LONGEST = 128
"""Tokens of a pair, the four special ones included; the longer text is cut first."""
SPECIAL = 4
BATCH = 32
PREMISE, HYPOTHESIS = 1, 2
"""Segments; special tokens and padding are 0."""
HEAD = ("head.dense.weight", "head.dense.bias", "head.out.weight", "head.out.bias")
PARTS = 5
"""Vectors that the head reads side by side: c, u, v, |u - v|, u * v."""
NO_SIGNS = Phrase(
    "The tokenizer of {title} has no <s> and </s>.", "В токенизаторе {title} нет <s> и </s>."
)

Batch = Callable[[dict[str, NDArray[np.int64]]], NDArray[np.float32]]
"""Gets input_ids, attention_mask and segments, [pairs, tokens] each; returns logits [pairs, 3]."""


@dataclass(frozen=True, slots=True)
class EntailmentWeights(HeadedWeights):
    """Hold a checked adapter with its temperatures."""

    temperatures: Temperatures
    """Of the logits; fitted on validation data after training."""


def read(model: Model, settings: Settings) -> EntailmentWeights:
    """Return the weights of `model`, a row of the catalog with a base.

    Raises:
        ModelError: no such adapter, another base, role or protocol, or files that are damaged.
        StoreError: the cache cannot be written.
    """
    adapter, base, about = headed_adapter.find(model, settings, ROLE, LABELS)
    temperatures = _temperatures(adapter, about.get("temperatures"))
    head, tensors = headed_adapter.split(adapter, HEAD)
    _check_head(adapter, head)
    updates = bert_adapter.updates(adapter, tensors)
    folder = encoding.folder(base, settings)
    return EntailmentWeights(adapter, base, folder, updates, head, temperatures)


def opened(path: Path) -> Tokenizer:
    """Return the tokenizer file at `path`, set so that `</s>` in a text is plain text."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.encode_special_tokens = True
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class PairTokenizer:
    """Turn pairs of texts into rows of ids and segments."""

    def __init__(self, path: Path, base: Model) -> None:
        """Read the file at `path`, the tokenizer of `base`."""
        self._tokenizer = opened(path)
        self._base = base
        begin, end = (self._tokenizer.token_to_id(name) for name in ("<s>", "</s>"))
        if begin is None or end is None:
            raise ModelError(NO_SIGNS, title=base.title)
        self._begin, self._end = begin, end

    def rows(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[list[int], list[int]]]:
        """Return (ids, segments) of each pair, at most LONGEST tokens, each text encoded once."""
        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        prefixed = encoding.prefixed(self._base, texts, "symmetric")
        encoded = self._tokenizer.encode_batch(prefixed, add_special_tokens=False)
        ids = {text: found.ids for text, found in zip(texts, encoded, strict=True)}
        return [self._row(ids[premise], ids[hypothesis]) for premise, hypothesis in pairs]

    def _row(self, premise: list[int], hypothesis: list[int]) -> tuple[list[int], list[int]]:
        one, two = _lengths(len(premise), len(hypothesis), LONGEST - SPECIAL)
        end = self._end
        ids = [self._begin, *premise[:one], end, end, *hypothesis[:two], end]
        return ids, [0, *[PREMISE] * one, 0, 0, *[HYPOTHESIS] * two, 0]


def padded(rows: Sequence[tuple[list[int], list[int]]]) -> dict[str, NDArray[np.int64]]:
    """Return `rows` as the three inputs of the network."""
    shape = (len(rows), max(len(ids) for ids, _ in rows))
    names = ("input_ids", "attention_mask", "segments")
    inputs = {name: np.zeros(shape, np.int64) for name in names}
    for at, (ids, segments) in enumerate(rows):
        inputs["input_ids"][at, : len(ids)] = ids
        inputs["attention_mask"][at, : len(ids)] = 1
        inputs["segments"][at, : len(ids)] = segments
    return inputs


class EntailmentJudge(ABC):
    """Judge pairs by an engine's `_batch`; several threads may call one judge at once."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Read the adapter.

        Raises:
            ModelError: the adapter or the base is missing, damaged or does not fit.
        """
        self.model = model
        self.name = model.id
        self.weights = read(model, settings)
        self.revision = self.weights.revision
        self._tokenizer = PairTokenizer(self.weights.folder / "tokenizer.json", self.weights.base)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Return the probabilities for each (premise, hypothesis), the longest computed first."""
        distinct = list(dict.fromkeys(pairs))
        rows = self._tokenizer.rows(distinct)
        order = sorted(range(len(rows)), key=lambda at: -len(rows[at][0]))
        found: dict[tuple[str, str], Entailment] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            logits = self._batch(padded([rows[at] for at in places]))
            shares = self.weights.temperatures.shares(logits)
            for at, row in zip(places, shares.tolist(), strict=True):
                found[distinct[at]] = Entailment(*(round(share, 5) for share in row))
        return [found[pair] for pair in pairs]

    @abstractmethod
    def _batch(self, inputs: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return the logits of one batch."""


def _lengths(one: int, two: int, room: int) -> tuple[int, int]:
    """Return how much of both texts stays: the longer one is cut, then both alike."""
    over = one + two - room
    if over <= 0:
        return one, two
    gap = min(abs(one - two), over)
    one, two = (one - gap, two) if one > two else (one, two - gap)
    over -= gap
    return one - over // 2, two - (over - over // 2)


def _check_head(adapter: Adapter, head: dict[str, NDArray[np.float32]]) -> None:
    width = head[HEAD[0]].shape[0] if head[HEAD[0]].ndim else 0
    expected = ((width, PARTS * width), (width,), (len(LABELS), width), (len(LABELS),))
    for name, shape in zip(HEAD, expected, strict=True):
        if head[name].shape != shape:
            raise adapters.broken(
                adapter.name, adapters.SHAPE, tensor=name, shape=list(head[name].shape)
            )


def _temperatures(adapter: Adapter, found: object) -> Temperatures:
    """Return the two numbers of the adapter's own file."""
    both = found if isinstance(found, list) and len(found) == 2 else []
    plain = [x for x in both if isinstance(x, int | float) and not isinstance(x, bool)]
    if len(plain) < 2 or not all(0 < x < float("inf") for x in plain):
        raise headed_adapter.odd(adapter, "temperatures", found)
    return Temperatures(*map(float, plain))
