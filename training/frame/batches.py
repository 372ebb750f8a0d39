"""Which examples make which batch, in training and afterwards, and rows of ids as padded tensors."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

import torch

from training.frame.recipe import Training

WINDOW = 50
"""Batches that are sorted by length together: enough for little padding, few enough to stay mixed."""


Item = TypeVar("Item")


class Planned(Generic[Item]):
    """Give batch i of all epochs: items of like length; it depends on the seed and on i only."""

    def __init__(
        self,
        items: Sequence[Item],
        length: Callable[[Item], int],
        tensors: Callable[[Sequence[Item]], dict[str, torch.Tensor]],
        training: Training,
    ) -> None:
        """Deal out `items`, which are as long as `length` says; `tensors` makes one batch of some."""
        self._items, self._tensors = items, tensors
        lengths = [length(item) for item in items]
        self._plan = plan(lengths, training.batch, training.epochs, training.seed)

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self._plan)

    def __getitem__(self, index: int) -> dict[str, torch.Tensor]:
        """Return the whole batch of one step."""
        return self._tensors([self._items[at] for at in self._plan[index]])


def plan(lengths: Sequence[int], size: int, epochs: int, seed: int) -> list[list[int]]:
    """Return the example numbers of every batch of all epochs.

    Each epoch is shuffled, sorted by length within windows of batches, cut, and the batches are
    shuffled again. The last batch of an epoch may be smaller.
    """
    batches: list[list[int]] = []
    for epoch in range(epochs):
        draw = random.Random(f"{seed}/{epoch}")
        order = list(range(len(lengths)))
        draw.shuffle(order)
        cut: list[list[int]] = []
        for start in range(0, len(order), size * WINDOW):
            window = sorted(order[start : start + size * WINDOW], key=lengths.__getitem__)
            cut += [window[at : at + size] for at in range(0, len(window), size)]
        draw.shuffle(cut)
        batches += cut
    return batches


def ordered(
    items: Sequence[Item],
    length: Callable[[Item], int],
    tensors: Callable[[Sequence[Item]], dict[str, torch.Tensor]],
    size: int,
    device: torch.device,
) -> Iterator[tuple[list[int], dict[str, torch.Tensor]]]:
    """Yield all `items` once, the shortest first: the places of up to `size`, and their batch."""
    order = sorted(range(len(items)), key=lambda at: length(items[at]))
    for start in range(0, len(order), size):
        places = order[start : start + size]
        batch = tensors([items[at] for at in places])
        yield places, {name: tensor.to(device) for name, tensor in batch.items()}


def padded(rows: Sequence[Sequence[int]], pad: int) -> torch.Tensor:
    """Return `rows` as one int64 tensor [rows, longest], filled up with `pad` on the right."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[pad] * (width - len(row))] for row in rows])
