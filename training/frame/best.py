"""Keep the weights of the validated step that was best: later ones may only know the lessons by heart."""

from __future__ import annotations

import json
from collections.abc import Mapping

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from training.frame import checkpoint
from training.frame.run import Run

FILE = "best.safetensors"
LOSS = "validation_loss"


class Best:
    """Hold the best state of a run's trainable weights; a run that goes on finds it in its folder."""

    def __init__(self, run: Run, weights: Mapping[str, torch.Tensor]) -> None:
        """Take the weights by name; what a run before this one has left in the folder is dropped."""
        self._weights = weights
        self._path = run.folder / FILE
        if run.main and not (run.folder / checkpoint.FILE).is_file():
            self._path.unlink(missing_ok=True)
        self.loss = self._kept()

    def seen(self, loss: float) -> None:
        """Keep the present weights when `loss`, over held-out data, is the least so far."""
        if loss < self.loss:
            self.loss = loss
            held = {name: weight.detach().cpu() for name, weight in self._weights.items()}
            draft = self._path.with_suffix(".new")
            save_file(held, draft, {LOSS: json.dumps(loss)})
            draft.replace(self._path)

    def restore(self) -> None:
        """Put the best weights back; none were kept: all stay as they are."""
        if self._path.is_file():
            with safe_open(self._path, "pt") as held, torch.no_grad():
                for name, weight in self._weights.items():
                    weight.copy_(held.get_tensor(name))

    def _kept(self) -> float:
        if not self._path.is_file():
            return float("inf")
        with safe_open(self._path, "pt") as held:
            return float(json.loads(held.metadata()[LOSS]))
