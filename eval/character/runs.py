"""What a training run has left: what differs, how long it took, and its losses by step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.settings import ROOT
from training.frame import curves, record

CONFIGS = ROOT / "training" / "configs"
REMARK = "# "
LOSS, HELD_OUT = "loss", "validation_loss"

NO_RUN = Phrase("{path} holds no finished run.", "В {path} нет завершённого запуска.")
TRAIN = Phrase(
    "Name the folder of a run, such as runs/NAME, once `python -m training.chat` has ended there.",
    "Укажите папку запуска, например runs/NAME, когда `python -m training.chat` там завершится.",
)


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """Hold the record of one finished run and its curves."""

    name: str
    differs: str
    """What its recipe says of itself in its first line."""
    minutes: float
    tokens_per_second: float
    steps: int
    hardware: str
    losses: tuple[tuple[int, float], ...]
    """(step, mean loss since the row before)"""
    held_out: tuple[tuple[int, float], ...]
    """(step, loss on the held-out talks)"""

    @property
    def tokens(self) -> float:
        """Return how many tokens were read in all."""
        return self.minutes * 60 * self.tokens_per_second


def read(folder: Path, configs: Path = CONFIGS) -> TrainingRun:
    """Return the run in `folder`.

    Raises:
        InputError: there is none, or it is not finished.
    """
    path = folder / record.FILE
    facts = record.read(path) or {}
    if not facts.get("finished"):
        raise InputError(NO_RUN, TRAIN, path=folder)
    rows = curves.read(folder / curves.FILE)
    return TrainingRun(
        facts["name"],
        remark(configs / f"{facts['name']}.yaml"),
        facts["minutes"],
        facts["tokens_per_second"],
        facts["steps"],
        facts["hardware"],
        _points(rows, LOSS),
        _points(rows, HELD_OUT),
    )


def beside(adapter: Path, configs: Path = CONFIGS) -> dict[str, Any] | None:
    """Return what the run of an adapter cost and reached; None: no record of it is there.

    The record lies with the adapter where it ships, and in the folder above in runs/NAME/adapter.
    """
    folder = next((one for one in (adapter, adapter.parent) if (one / record.FILE).is_file()), None)
    if folder is None:
        return None
    run = read(folder, configs)
    return {
        "differs": run.differs,
        "minutes": run.minutes,
        "tokens_per_second": run.tokens_per_second,
        "steps": run.steps,
        "validation_loss": run.held_out[-1][1] if run.held_out else None,
        "hardware": run.hardware,
    }


def remark(config: Path) -> str:
    """Return the first comment of a recipe; empty where there is none."""
    if not config.is_file():
        return ""
    first = config.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix(REMARK).strip() if first.startswith(REMARK) else ""


def _points(rows: list[dict[str, Any]], name: str) -> tuple[tuple[int, float], ...]:
    return tuple((row["step"], row[name]) for row in rows if name in row)
