"""The cost of a run that was stopped and went on."""

from __future__ import annotations

import torch

from training.frame.cost import Cost


def test_what_an_earlier_process_cost_counts():
    cost = Cost(torch.device("cpu"))
    cost.start()
    cost.add({"seconds": 100.0, "tokens": 30.0, "peak_memory_mb": 10**6})
    cost.count(5)
    total = cost.total()
    assert 100 <= total["seconds"] < 110
    assert (total["tokens"], total["peak_memory_mb"]) == (35, 10**6)
