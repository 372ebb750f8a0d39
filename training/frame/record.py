"""run.json: which run it is, where it took place, how far it came and what it cost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import torch

from samovar.errors import InputError, StoreError
from samovar.figures import provenance
from samovar.phrases import Phrase
from training.frame import identity
from training.frame.cost import Cost

FILE = "run.json"
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


class Record:
    """Keep the record of one run in its folder."""

    def __init__(self, folder: Path, recipe: Any, data: Mapping[str, Path]) -> None:
        """Identify the run by `recipe`, a frozen record with `name` and `training`, and its `data`.

        Raises:
            InputError: a file of `data` is missing.
        """
        self.folder = folder
        self.facts: dict[str, Any] = {}
        """Further entries, such as counts of the data."""
        self._recipe = recipe
        self._data = {name: identity.described(path) for name, path in sorted(data.items())}
        self.identity = identity.digest([identity.config(recipe), self._data])

    @property
    def finished(self) -> bool:
        """Tell whether the last run in this folder came to its end."""
        return bool((read(self.folder / FILE) or {}).get("finished"))

    def continues(self, resume: bool) -> bool:
        """Tell whether the folder holds a run, which then is this one.

        Raises:
            InputError: `resume` asks for one, and there is none.
            StoreError: it holds another run.
        """
        before = read(self.folder / FILE)
        if before is not None:
            self.check(before.get("identity"))
        elif resume:
            raise InputError(NOTHING_TO_RESUME, LEAVE_OUT, path=self.folder)
        return before is not None

    def check(self, other: str | None) -> None:
        """Check that `other`, found in the folder, is the identity of this run.

        Raises:
            StoreError: it is another's.
        """
        if other != self.identity:
            raise StoreError(OTHER_RUN, OTHER_FOLDER, path=self.folder)

    def write(self, steps: int, cost: Cost, processes: int, *, finished: bool) -> None:
        """Write the file whole or not at all; `steps` are those of the whole run."""
        spent = cost.total()
        values = {
            "name": self._recipe.name,
            "config": identity.config(self._recipe),
            "data": self._data,
            **self.facts,
            "commit": provenance.commit(),
            "seed": self._recipe.training.seed,
            "hardware": hardware(cost.device),
            "processes": processes,
            "libraries": {name: metadata.version(name) for name in LIBRARIES},
            "steps": steps,
            "minutes": round(spent["seconds"] / 60, 2),
            "tokens_per_second": round(spent["tokens"] / max(spent["seconds"], 1e-9), 1),
            "peak_memory_mb": round(spent["peak_memory_mb"]),
            "identity": self.identity,
            "finished": finished,
        }
        draft = self.folder / "run.new"
        draft.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.folder / FILE)


def read(path: Path) -> dict[str, Any] | None:
    """Return what the run.json at `path` holds, or None when there is none."""
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return facts


def hardware(device: torch.device) -> str:
    """Return the names of GPU and CPU, the cores and the memory."""
    machine = provenance.hardware()
    return f"{torch.cuda.get_device_name(device)}, {machine}" if device.type == "cuda" else machine
