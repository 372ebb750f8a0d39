"""Who answers a tool, and how well: what each tool tells the Models page."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samovar.figures.results import RESULTS
from samovar.phrases import Phrase

Holds = Callable[[Any], bool]
"""Gets a row of a result."""
PASSED = Phrase(
    "share of {n} prompts whose reply passes its checks:",
    "доля запросов ({n}), ответ на которые прошёл проверки:",
)
Z = 1.96
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a figure of our own evaluation with its 95 % interval."""

    name: Phrase
    value: float
    low: float
    high: float
    over: str
    """What it was measured on; empty where the name says it."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Name one model that answers a tool, or a part of it."""

    part: Phrase
    """What it does there: "English", "the check"."""
    model: str
    """Its id in the catalog."""
    engine: str
    reason: Phrase
    """Why this one."""
    adapter: str = ""
    """Adapter of a chat model; other models made by one bear its name."""
    figure: Figure | None = None
    """None: not measured."""


def figure(
    name: Phrase, result: str, place: Sequence[str], over: str, folder: Path = RESULTS
) -> Figure | None:
    """Return the figure at `place` in `eval/results/<result>.json`, None where there is none.

    A figure is a mapping that holds its value under the last step of `place`, and its bounds as
    `interval` or as `low` and `high`.
    """
    *way, key = place
    try:
        held: Any = json.loads((folder / f"{result}.json").read_text(encoding="utf-8"))
        for step in way:
            held = held[step]
        low, high = held["interval"] if "interval" in held else (held["low"], held["high"])
        return Figure(name, float(held[key]), float(low), float(high), over)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def share(
    name: Phrase, result: str, rows: str, holds: Holds, folder: Path = RESULTS
) -> Figure | None:
    """Return of how many of `rows` in a result something `holds`, with Wilson's interval (1927).

    `name` may tell how many rows there are: `{n}`.
    """
    try:
        held: Any = json.loads((folder / f"{result}.json").read_text(encoding="utf-8"))
        true = [holds(row) for row in held[rows]]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    if not true:
        return None
    size, kept = len(true), sum(true) / len(true)
    middle = (kept + Z * Z / (2 * size)) / (1 + Z * Z / size)
    half = Z / (1 + Z * Z / size) * math.sqrt(kept * (1 - kept) / size + Z * Z / (4 * size * size))
    return Figure(name.filled(n=size), kept, middle - half, middle + half, "")


def basket(model: str, adapter: str, folder: Path = RESULTS) -> Figure | None:
    """Return how many of the basket's prompts the chat model answers well; None: it was not asked.

    With an `adapter` those of the reply made with it count.
    """
    side = "adapter" if adapter else "base"
    return share(PASSED, f"basket-{model}", "cases", lambda case: not case[side]["failed"], folder)
