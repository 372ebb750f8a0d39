"""Batches: of like length, every item once an epoch, by seed and number alone."""

from __future__ import annotations

import torch

from training.frame.batches import Planned, ordered, padded
from training.frame.recipe import Training

ITEMS = [[number] * number for number in range(1, 33)]
TRAINING = Training(batch=8, epochs=2, seed=5)


def planned(training: Training = TRAINING) -> Planned[list[int]]:
    return Planned(ITEMS, len, lambda rows: {"input_ids": padded(rows, 0)}, training)


def test_batches_depend_on_seed_and_number_alone():
    first, again = planned(), planned()
    assert len(first) == 8
    for at in (7, 0, 3):
        assert torch.equal(first[at]["input_ids"], again[at]["input_ids"])


def test_every_item_comes_once_an_epoch_in_another_order():
    steps = planned()
    epochs = [
        [steps[at]["input_ids"][:, 0].tolist() for at in own] for own in (range(4), range(4, 8))
    ]
    for batches in epochs:
        assert sorted(number for batch in batches for number in batch) == [*range(1, 33)]
    assert epochs[0] != epochs[1]


def test_items_of_a_batch_are_of_like_length():
    spread = [batch["input_ids"][:, 0] for batch in map(planned().__getitem__, range(8))]
    assert all(found.max() - found.min() == 7 for found in spread)


def test_rows_are_filled_up_on_the_right():
    assert padded([[5], [6, 7]], 1).tolist() == [[5, 1], [6, 7]]


def test_afterwards_all_items_are_read_once_the_shortest_first():
    shuffled = [ITEMS[at * 7 % 32] for at in range(32)]
    batches = ordered(
        shuffled, len, lambda rows: {"input_ids": padded(rows, 0)}, 5, torch.device("cpu")
    )
    lengths = []
    for places, batch in batches:
        assert batch["input_ids"][:, 0].tolist() == [len(shuffled[at]) for at in places]
        lengths.append([len(shuffled[at]) for at in places])
    assert [length for part in lengths for length in part] == [*range(1, 33)]
    assert [len(part) for part in lengths] == [5] * 6 + [2]
