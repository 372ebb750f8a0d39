"""Save and load the state of a training run, so that `kill -9` costs only the steps since then.

Random states are not stored: each step of the trainer sets its own from the seed and the step.
Neither is the learning rate, which is a function of the step.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from samovar.errors import StoreError
from samovar.phrases import Phrase

FILE = "checkpoint.pt"

DAMAGED = Phrase("The checkpoint {path} is damaged.", "Контрольная точка {path} повреждена.")
FOREIGN = Phrase(
    "The checkpoint {path} holds the weights of another model.",
    "В контрольной точке {path} веса другой модели.",
)
FRESH = Phrase("Begin anew with --fresh.", "Начните заново с --fresh.")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Hold what a run needs to go on as if it had never stopped."""

    step: int
    """Steps that are done."""
    identity: str
    """Of the recipe and its data: the run that may go on from here."""
    weights: dict[str, torch.Tensor]
    """Trainable ones, by name."""
    optimiser: dict[str, Any]
    tally: dict[str, float]
    """What the run has cost so far: seconds, tokens, peak_memory_mb."""

    def restore(self, weights: Mapping[str, torch.Tensor], path: Path) -> None:
        """Copy the stored weights into the model's own.

        Raises:
            StoreError: names or shapes differ; `path` is named.
        """
        shapes = {name: weight.shape for name, weight in weights.items()}
        if {name: weight.shape for name, weight in self.weights.items()} != shapes:
            raise StoreError(FOREIGN, FRESH, path=path)
        with torch.no_grad():
            for name, weight in weights.items():
                weight.copy_(self.weights[name])


def save(path: Path, checkpoint: Checkpoint) -> None:
    """Write `checkpoint` whole or not at all; the one before it stays until then."""
    draft = path.with_suffix(".new")
    with draft.open("wb") as out:
        torch.save({name: getattr(checkpoint, name) for name in Checkpoint.__slots__}, out)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)


def load(path: Path) -> Checkpoint | None:
    """Return the checkpoint in `path`, or None when there is none yet.

    Raises:
        StoreError: the file is damaged.
    """
    if not path.is_file():
        return None
    try:
        return Checkpoint(**torch.load(path, map_location="cpu", weights_only=True))
    except (OSError, RuntimeError, TypeError, ValueError, EOFError) as error:
        raise StoreError(DAMAGED, FRESH, path=path) from error
    except Exception as error:  # pickle.UnpicklingError, zip errors: whatever a torn file raises
        raise StoreError(DAMAGED, FRESH, path=path) from error
