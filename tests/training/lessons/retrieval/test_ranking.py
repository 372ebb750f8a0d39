"""Groups as tensors, their scores and the listwise loss."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.lessons.retrieval.ranking import loss, scores, tensors


def test_loss_wants_the_first_of_each_group_highest():
    assert loss(torch.tensor([[9.0, 0.0, -1.0], [8.0, -2.0, 0.0]])).item() < 1e-2
    assert loss(torch.tensor([[0.0, 9.0, -1.0]])).item() == pytest.approx(9, abs=1e-2)
    assert loss(torch.zeros(2, 4)).item() == pytest.approx(np.log(4), abs=1e-6)
    missing = torch.tensor([[1.0, 1.0, float("-inf")]])
    assert loss(missing).item() == pytest.approx(np.log(2), abs=1e-6)


def test_a_smaller_group_has_fewer_scores():
    groups = [[([5, 6, 7], [1, 1, 2]), ([5, 8], [1, 2])], [([9], [2])]]
    batch = tensors(groups)
    assert batch["input_ids"].tolist() == [[[5, 6, 7], [5, 8, 0]], [[9, 0, 0], [0, 0, 0]]]
    seen = []

    def network(ids, mask, segments):
        seen.append((ids.shape, mask.sum().item(), segments.sum().item()))
        return ids.float().sum(1, keepdim=True)

    found = scores(network, batch)
    assert found.tolist() == [[18.0, 13.0], [9.0, float("-inf")]]
    assert seen == [((3, 3), 6, 9)], "no pair is read that is not there"
