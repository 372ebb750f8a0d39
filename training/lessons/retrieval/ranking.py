"""Groups of a question with its texts as tensors, the scores of a network, and the listwise loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch.nn import functional

from samovar.models.pairs.rows import PairTokenizer, Row, padded
from training.lessons.retrieval.groups import Group

Rows = list[Row]
"""The pairs of one group, the right text first."""


def rows(groups: Sequence[Group], tokenizer: PairTokenizer) -> list[Rows]:
    """Return the pairs of each group as serving reads them."""
    pairs = tokenizer.rows([(text, group.question) for group in groups for text in group.texts])
    each = iter(pairs)
    return [[next(each) for _ in group.texts] for group in groups]


def tensors(groups: Sequence[Rows]) -> dict[str, torch.Tensor]:
    """Return ids, mask and segments, [groups, pairs, tokens]; a pair that is missing has no tokens."""
    pairs = max(map(len, groups))
    flat = [row for rows in groups for row in (*rows, *[([], [])] * (pairs - len(rows)))]
    shape = (len(groups), pairs, -1)
    return {name: torch.from_numpy(row).view(shape) for name, row in padded(flat).items()}


def scores(network: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return the logit of every pair, float32 [groups, pairs]; -inf where there is none."""
    names = ("input_ids", "attention_mask", "segments")
    there = batch["attention_mask"].any(dim=-1)
    logits = network(*(batch[name][there] for name in names))[:, 0].float()
    empty = torch.full(there.shape, float("-inf"), device=there.device)
    return empty.masked_scatter(there, logits)


def loss(logits: torch.Tensor) -> torch.Tensor:
    """Return the mean cross-entropy of the first of each group over all, of logits [groups, pairs].

    It is the listwise loss of ListNet with one right text (Cao et al. 2007).
    """
    right = torch.zeros(len(logits), dtype=torch.int64, device=logits.device)
    return functional.cross_entropy(logits, right)


def longest(rows: Rows) -> int:
    """Return the tokens of the longest pair of a group."""
    return max(len(ids) for ids, _ in rows)
