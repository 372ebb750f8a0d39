"""Which numbers a run computes with: what the recipe says, or what the machine is good at."""

from __future__ import annotations

from types import SimpleNamespace

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


@pytest.mark.parametrize(
    ("quantise", "free", "packed"),
    [("auto", 10**9, False), ("auto", 10**4, True), ("none", 10**4, False), ("nf4", 10**9, True)],
)
def test_a_cpu_packs_to_four_bits_where_nothing_larger_fits(
    quantise, free, packed, tmp_path, monkeypatch
):
    (tmp_path / "model.safetensors").write_bytes(bytes(100_000))
    memory = SimpleNamespace(available=free)
    monkeypatch.setattr(backbone.psutil, "virtual_memory", lambda: memory)
    assert backbone.quantised(Training(quantise=quantise), CPU, tmp_path) is packed


def test_a_run_tells_in_which_form_it_kept_the_base():
    assert backbone.kept_as(torch.nn.Linear(8, 8, dtype=torch.bfloat16)) == "bfloat16"
