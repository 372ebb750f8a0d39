"""Write a result together with where it came from: a number without that is not shown anywhere."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

from samovar.figures.results import RESULTS
from samovar.settings import ROOT


@dataclass(frozen=True, slots=True)
class Provenance:
    """Say how a number came about."""

    command: str
    commit: str
    """With +changes when the working tree differed from it."""
    seed: int
    hardware: str
    libraries: Mapping[str, str]
    wall_seconds: float
    data: str
    size: int
    """How many texts, questions or other cases `data` holds."""


def here(
    *, seed: int, wall_seconds: float, data: str, size: int, libraries: tuple[str, ...]
) -> Provenance:
    """Return the provenance of a measurement that this process has just made."""
    return Provenance(
        command=command(),
        commit=commit(),
        seed=seed,
        hardware=hardware(),
        libraries={name: metadata.version(name) for name in libraries},
        wall_seconds=round(wall_seconds, 1),
        data=data,
        size=size,
    )


def write(
    name: str, measured: Mapping[str, Any], origin: Provenance, folder: Path = RESULTS
) -> Path:
    """Write `measured` and its origin to `<folder>/<name>.json`, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    draft = path.with_suffix(".new")
    text = json.dumps({**measured, "origin": asdict(origin)}, ensure_ascii=False, indent=2)
    draft.write_text(text + "\n", encoding="utf-8")
    draft.replace(path)
    return path


def command() -> str:
    """Return the command line of this process."""
    module = getattr(sys.modules["__main__"].__spec__, "name", "") or Path(sys.argv[0]).name
    return " ".join(("python -m", module, *sys.argv[1:]))


def commit() -> str:
    """Return the commit of the checkout, or "unknown" outside of one."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    changes = "+changes" if git("status", "--porcelain", "--", ":!eval/results") else ""
    return (git("rev-parse", "--short=12", "HEAD") or "unknown") + changes


def hardware() -> str:
    """Return the CPU's name, its cores and the memory."""
    memory = round(psutil.virtual_memory().total / 2**30)
    return f"{_cpu()}, {os.cpu_count()} cores, {memory} GB"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
