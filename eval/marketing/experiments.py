"""What was trained for the tool: model, time, speed, memory and validation loss of each adapter.

`python -m eval.marketing.experiments` reads the runs in runs/marketing-* and the adapters that ship, and
writes eval/results/marketing-experiments.json.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf
from samovar.settings import ROOT
from training.frame import curves
from training.frame.record import FILE

NAMED = "marketing-*"


def main(argv: Sequence[str] | None = None) -> int:
    """Gather the runs and write the result."""
    parser = argparse.ArgumentParser("python -m eval.marketing.experiments", description=__doc__)
    parser.add_argument("--runs", type=Path, default=ROOT / "runs")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given, began = parser.parse_args(argv), time.perf_counter()
    shipped = shelf().settings.assets / "adapters"
    rows = {
        folder.name: experiment(folder)
        for place in (given.runs, shipped)
        for folder in sorted(place.glob(NAMED))
        if (folder / FILE).is_file()
    }
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data="runs/marketing-*/run.json",
        size=len(rows),
        libraries=("torch", "peft"),
    )
    print(provenance.write("marketing-experiments", {"rows": rows}, origin, given.results))
    return 0


def experiment(folder: Path) -> dict[str, Any]:
    """Return what the table shows of the run in `folder`."""
    run = json.loads((folder / FILE).read_text(encoding="utf-8"))
    losses = [row["validation_loss"] for row in curves.read(folder / curves.FILE) if _held(row)]
    kept = ("minutes", "tokens_per_second", "peak_memory_mb", "steps", "hardware", "base_weights")
    return {
        "base": run["config"]["base"],
        "rank": run["config"]["lora"]["rank"],
        "layers": len(run["config"]["lora"]["layers"]),
        "epochs": run["config"]["training"]["epochs"],
        "pairs": run["pairs"]["training"],
        **{name: run[name] for name in kept},
        "validation_loss": losses[-1] if losses else None,
        "lowest_validation_loss": min(losses) if losses else None,
        "finished": run["finished"],
    }


def _held(row: Mapping[str, Any]) -> bool:
    return "validation_loss" in row


if __name__ == "__main__":
    raise SystemExit(main())
