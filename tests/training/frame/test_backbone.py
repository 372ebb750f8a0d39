"""Which numbers a run computes with: what the recipe says, or what the machine is good at."""

from __future__ import annotations

import pytest
import torch

from training.frame import backbone
from training.frame.recipe import Training

CPU = torch.device("cpu")


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    ("precision", "with_bf16", "without"),
    [
        ("auto", torch.bfloat16, torch.float32),
        ("bf16", torch.bfloat16, torch.bfloat16),
        ("fp32", torch.float32, torch.float32),
    ],
)
def test_auto_asks_the_machine_and_a_name_is_a_name(
    own, precision, with_bf16, without, monkeypatch
):
    monkeypatch.setattr(backbone, "multiplies_bf16", lambda device: own)
    training = Training(precision=precision)
    expected = with_bf16 if own else without
    assert backbone.dtype(training, CPU) == expected
    with backbone.autocast(training, CPU):
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype == expected


def test_every_machine_has_an_answer():
    assert backbone.multiplies_bf16(CPU) in (True, False)
