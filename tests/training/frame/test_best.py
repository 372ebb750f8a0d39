"""The best step of a run is kept, also by a run that goes on."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import torch

from training.frame import checkpoint
from training.frame.best import FILE, Best


def run(folder: Path, *, begun: bool) -> SimpleNamespace:
    folder.mkdir(exist_ok=True)
    if begun:
        (folder / checkpoint.FILE).touch()
    return SimpleNamespace(folder=folder, main=True)


def test_the_best_weights_come_back(tmp_path: Path):
    weights = {"layer": torch.zeros(2)}
    best = Best(run(tmp_path, begun=False), weights)
    for value, loss in ((1.0, 0.9), (2.0, 0.4), (3.0, 0.6)):
        weights["layer"].fill_(value)
        best.seen(loss)
    best.restore()
    assert weights["layer"].tolist() == [2.0, 2.0] and best.loss == 0.4


def test_a_run_that_goes_on_knows_them_and_a_new_one_does_not(tmp_path: Path):
    weights = {"layer": torch.ones(2)}
    Best(run(tmp_path, begun=False), weights).seen(0.4)
    weights["layer"].fill_(5.0)
    again = Best(run(tmp_path, begun=True), weights)
    again.seen(0.5)
    again.restore()
    assert again.loss == 0.4 and weights["layer"].tolist() == [1.0, 1.0]
    (tmp_path / checkpoint.FILE).unlink()
    assert Best(run(tmp_path, begun=False), weights).loss == float("inf")
    assert not (tmp_path / FILE).exists()


def test_without_any_all_stay_as_they_are(tmp_path: Path):
    weights = {"layer": torch.ones(2)}
    Best(run(tmp_path, begun=False), weights).restore()
    assert weights["layer"].tolist() == [1.0, 1.0]
