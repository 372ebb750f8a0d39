"""One training run in its folder: its record, its curves, its checkpoint.

run.json       recipe, sha256 of the data, commit, seed, hardware, minutes, tokens/s, memory
curves.jsonl   one line a measured step; curves.png shows it
checkpoint.pt  where a killed run goes on
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import torch
from accelerate import Accelerator
from accelerate.utils import set_seed
from tqdm import tqdm

from training.frame import checkpoint, curves, record
from training.frame.checkpoint import Checkpoint
from training.frame.cost import Cost
from training.frame.record import Record

FILES = (record.FILE, checkpoint.FILE, curves.FILE, curves.PICTURE)


class Run:
    """Open a run in `folder`, a new one or the same one again; use it as a context.

    >>> with Run(Path("runs/tea"), recipe, {"pairs": path}) as run:  # doctest: +SKIP
    ...     train(model, batches, loss, recipe.training, run)
    """

    def __init__(
        self,
        folder: Path,
        recipe: Any,
        data: Mapping[str, Path],
        *,
        fresh: bool = False,
        resume: bool = False,
    ) -> None:
        """Set the seeds. `recipe` is a frozen record with `name` and `training`.

        A run that stopped goes on at its checkpoint; one that is finished has no steps left.

        Raises:
            InputError: a file of `data` is missing, or `resume` finds no run.
            StoreError: the folder holds another run and `fresh` is not set.
        """
        self.folder = folder
        self.accelerator = Accelerator(cpu=not torch.cuda.is_available())
        self._name: str = recipe.name
        self._record = Record(folder, recipe, data)
        self._cost = Cost(self.device)
        self._step = self._total = 0
        self._bar: Any = None
        self._open(not fresh and self._record.continues(resume))
        set_seed(recipe.training.seed)

    @property
    def device(self) -> torch.device:
        """Return where the model belongs."""
        device: torch.device = self.accelerator.device
        return device

    @property
    def main(self) -> bool:
        """Tell whether this is the process that writes."""
        return bool(self.accelerator.is_main_process)

    @property
    def finished(self) -> bool:
        """Tell whether the last run in this folder came to its end."""
        return self._record.finished

    @property
    def facts(self) -> dict[str, Any]:
        """Return the further entries of run.json, such as counts of the data, to add to."""
        return self._record.facts

    def __enter__(self) -> Self:
        self._cost.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()
        if kind is None and self.main:
            self._write(finished=True)
            curves.draw(self.folder / curves.FILE, self.folder / curves.PICTURE)
        self.accelerator.wait_for_everyone()

    def checkpoint(self) -> Checkpoint | None:
        """Return where to go on, or None at the beginning; drop what the curves hold beyond it.

        Raises:
            StoreError: the checkpoint is damaged or belongs to another run.
        """
        stored = checkpoint.load(self.folder / checkpoint.FILE)
        if stored is not None:
            self._record.check(stored.identity)
            self._cost.add(stored.tally)
        self._step = stored.step if stored else 0
        self.accelerator.wait_for_everyone()
        if self.main:
            curves.cut(self.folder / curves.FILE, self._step)
        return stored

    def steps(self, total: int) -> Iterator[int]:
        """Yield the steps that are left, 0-based, under a progress bar with the time to go."""
        self._total = total
        if self.main:
            self._write(finished=False)
            self._bar = bar(self._name, total, self._step)
        for step in range(self._step, total):
            yield step
            self._step = step + 1
            if self._bar is not None:
                self._bar.update()

    def count(self, tokens: int) -> None:
        """Add the tokens of one step, of all processes, to the cost."""
        self._cost.count(tokens)

    def log(self, step: int, **metrics: float) -> None:
        """Append one line to the curves; `validation_loss` is drawn beside `loss`."""
        if self.main:
            curves.append(self.folder / curves.FILE, step, metrics)
        if self._bar is not None:
            self._bar.set_postfix({name: f"{value:.4g}" for name, value in metrics.items()}, False)

    def save(
        self, step: int, weights: Mapping[str, torch.Tensor], optimiser: dict[str, Any]
    ) -> None:
        """Write a checkpoint after `step` steps."""
        if self.main:
            held = {name: weight.detach().cpu() for name, weight in weights.items()}
            own, cost = self._record.identity, self._cost.total()
            reached = Checkpoint(step, own, held, optimiser, cost)
            checkpoint.save(self.folder / checkpoint.FILE, reached)

    def _open(self, continued: bool) -> None:
        self.accelerator.wait_for_everyone()
        if self.main:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not continued:
                for name in FILES:
                    (self.folder / name).unlink(missing_ok=True)
        self.accelerator.wait_for_everyone()

    def _write(self, finished: bool) -> None:
        processes = self.accelerator.num_processes
        self._record.write(self._total, self._cost, processes, finished=finished)


def bar(name: str, total: int, done: int) -> Any:
    """Return a progress bar on stderr: often where somebody looks, twice a minute in a file."""
    seconds = 0.5 if sys.stderr.isatty() else 30
    return tqdm(
        total=total, initial=done, desc=name, unit="step", file=sys.stderr, mininterval=seconds
    )
