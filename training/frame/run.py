"""One training run in its folder: what it was, how far it came, what it cost.

run.json       recipe, sha256 of the data, commit, seed, hardware, minutes, tokens/s, memory
curves.jsonl   one line a measured step; curves.png shows it
checkpoint.pt  where a killed run goes on
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import torch
from accelerate import Accelerator
from accelerate.utils import set_seed
from tqdm import tqdm

from samovar.errors import InputError, StoreError
from samovar.figures import provenance
from samovar.phrases import Phrase
from training.frame import checkpoint, curves, origin
from training.frame.checkpoint import Checkpoint

LIBRARIES = ("torch", "transformers", "peft", "accelerate", "bitsandbytes")

OTHER_RUN = Phrase(
    "The folder {path} holds a run with another recipe or other data.",
    "В папке {path} лежит запуск с другим рецептом или другими данными.",
)
OTHER_FOLDER = Phrase(
    "Name another --out, or overwrite it with --fresh.",
    "Укажите другую папку --out или перезапишите эту с --fresh.",
)
NOTHING_TO_RESUME = Phrase("The folder {path} holds no run.", "В папке {path} нет запуска.")
LEAVE_OUT = Phrase("Leave out --resume.", "Уберите --resume.")


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
        self.seed: int = recipe.training.seed
        self.tally = {"seconds": 0.0, "tokens": 0.0, "peak_memory_mb": 0.0}
        self.facts: dict[str, Any] = {}
        """Further entries of run.json, such as counts of the data."""
        self._recipe = recipe
        self._data = {name: origin.described(path) for name, path in sorted(data.items())}
        self.identity = origin.digest([origin.config(recipe), self._data])
        self._step = self._total = 0
        self._bar: Any = None
        self._open(fresh, resume)
        set_seed(self.seed)

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
        return bool((origin.read(self.folder / "run.json") or {}).get("finished"))

    def __enter__(self) -> Self:
        self._begun = time.monotonic()
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
            curves.draw(self.folder / "curves.jsonl", self.folder / "curves.png")
        self.accelerator.wait_for_everyone()

    def checkpoint(self) -> Checkpoint | None:
        """Return where to go on, or None at the beginning; drop what the curves hold beyond it.

        Raises:
            StoreError: the checkpoint is damaged or belongs to another run.
        """
        found = checkpoint.load(self.folder / "checkpoint.pt")
        if found is not None and found.identity != self.identity:
            raise StoreError(OTHER_RUN, OTHER_FOLDER, path=self.folder)
        self._step = found.step if found else 0
        if found:
            self.tally = dict(found.tally)
        self.accelerator.wait_for_everyone()
        if self.main:
            curves.cut(self.folder / "curves.jsonl", self._step)
        return found

    def steps(self, total: int) -> Iterator[int]:
        """Yield the steps that are left, 0-based, under a progress bar with the time to go."""
        self._total = total
        if self.main:
            self._write(finished=False)
            self._bar = tqdm(
                total=total,
                initial=self._step,
                desc=self._recipe.name,
                unit="step",
                file=sys.stderr,
                mininterval=0.5 if sys.stderr.isatty() else 30,
            )
        for step in range(self._step, total):
            yield step
            self._step = step + 1
            if self._bar is not None:
                self._bar.update()

    def count(self, tokens: int) -> None:
        """Add the tokens of one step, of all processes, to the tally."""
        self.tally["tokens"] += tokens

    def log(self, step: int, **metrics: float) -> None:
        """Append one line to the curves; `validation_loss` is drawn beside `loss`."""
        if not self.main:
            return
        row = {"step": step, **{name: round(value, 6) for name, value in metrics.items()}}
        with (self.folder / "curves.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(row) + "\n")
        if self._bar is not None:
            self._bar.set_postfix({name: f"{value:.4g}" for name, value in metrics.items()}, False)

    def save(
        self, step: int, weights: Mapping[str, torch.Tensor], optimiser: dict[str, Any]
    ) -> None:
        """Write a checkpoint after `step` steps."""
        if self.main:
            held = {name: weight.detach().cpu() for name, weight in weights.items()}
            path = self.folder / "checkpoint.pt"
            checkpoint.save(path, Checkpoint(step, self.identity, held, optimiser, self.cost()))

    def cost(self) -> dict[str, float]:
        """Return the tally including this process so far."""
        now = time.monotonic()
        seconds = self.tally["seconds"] + now - self._begun
        peak = max(self.tally["peak_memory_mb"], origin.peak_memory(self.device))
        return {"seconds": seconds, "tokens": self.tally["tokens"], "peak_memory_mb": peak}

    def _open(self, fresh: bool, resume: bool) -> None:
        before = None if fresh else origin.read(self.folder / "run.json")
        if before is not None and before.get("identity") != self.identity:
            raise StoreError(OTHER_RUN, OTHER_FOLDER, path=self.folder)
        if before is None and resume:
            raise InputError(NOTHING_TO_RESUME, LEAVE_OUT, path=self.folder)
        self.accelerator.wait_for_everyone()
        if self.main:
            self.folder.mkdir(parents=True, exist_ok=True)
            if before is None:
                for name in ("run.json", "checkpoint.pt", "curves.jsonl", "curves.png"):
                    (self.folder / name).unlink(missing_ok=True)
        self.accelerator.wait_for_everyone()

    def _write(self, finished: bool) -> None:
        cost = self.cost()
        values = {
            "name": self._recipe.name,
            "config": origin.config(self._recipe),
            "data": self._data,
            **self.facts,
            "commit": provenance.commit(),
            "seed": self.seed,
            "hardware": origin.hardware(self.device),
            "processes": self.accelerator.num_processes,
            "libraries": {name: metadata.version(name) for name in LIBRARIES},
            "steps": self._total,
            "minutes": round(cost["seconds"] / 60, 2),
            "tokens_per_second": round(cost["tokens"] / max(cost["seconds"], 1e-9), 1),
            "peak_memory_mb": round(cost["peak_memory_mb"]),
            "identity": self.identity,
            "finished": finished,
        }
        draft = self.folder / "run.new"
        draft.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.folder / "run.json")
