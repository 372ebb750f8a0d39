"""Who answers a tool, and how well: what each tool tells the Models page."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samovar.figures.results import RESULTS
from samovar.phrases import NOTHING, Phrase

Holds = Callable[[Any], bool]
"""Gets a row of a result."""
PASSED = Phrase(
    "share of {n} prompts whose reply passes its checks",
    "доля запросов ({n}), ответ на которые прошёл проверки",
)
CHECKED = Phrase(
    "each prompt was written beforehand with what the reply must and must not say; 1 would be every reply",
    "к каждому запросу заранее записано, что в ответе должно быть и чего не должно; 1 — все ответы",
)
PACE = Phrase("{rate} tokens/s", "{rate} токенов/с")
PACES = {
    "speed": ("medians", "one_chat"),
    "chat-pace": ("rows", "served", "medians", "one_chat"),
}
"""Result, each of one chat model → where its tokens a second stand."""
Z = 1.96
"""Of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Hold what something else reached on the same inputs, without an interval."""

    name: Phrase
    value: float


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a figure of our own evaluation with its 95 % interval."""

    name: Phrase
    value: float
    low: float
    high: float
    over: str
    """What it was measured on; empty where the name says it."""
    means: Phrase = NOTHING
    """What it says, for somebody who does not know its name."""
    baseline: Baseline | None = None


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
    took: Phrase = NOTHING
    """How long it takes, as measured by our evaluation."""


def figure(
    name: Phrase,
    result: str,
    place: Sequence[str],
    over: str,
    folder: Path = RESULTS,
    *,
    means: Phrase = NOTHING,
    baseline: Baseline | None = None,
) -> Figure | None:
    """Return the figure at `place` in `eval/results/<result>.json`, None where there is none.

    A figure is a mapping that holds its value under the last step of `place`, and its bounds as
    `interval` or as `low` and `high`.
    """
    *way, key = place
    try:
        held = _at(result, way, folder)
        low, high = held["interval"] if "interval" in held else (held["low"], held["high"])
        return Figure(name, float(held[key]), float(low), float(high), over, means, baseline)
    except (OSError, ValueError, LookupError, TypeError):
        return None


def number(result: str, place: Sequence[str], folder: Path = RESULTS) -> float | None:
    """Return the number at `place` in `eval/results/<result>.json`, None where there is none."""
    try:
        return float(_at(result, place, folder))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def baseline(
    name: Phrase, result: str, place: Sequence[str], folder: Path = RESULTS
) -> Baseline | None:
    """Return what stands at `place` beside a figure, None where there is nothing."""
    value = number(result, place, folder)
    return None if value is None else Baseline(name, value)


def pace(model: str, folder: Path = RESULTS) -> Phrase:
    """Return how fast our evaluation saw the chat model write for one visitor; nothing: not measured."""
    for result, place in PACES.items():
        rate = number(result, place, folder) if model_of(result, folder) == model else None
        if rate:
            return PACE.filled(rate=f"{rate:.3g}")
    return NOTHING


def model_of(result: str, folder: Path = RESULTS) -> str:
    """Return the id of the model that a result is of; nothing where it names none."""
    try:
        return str(_at(result, ("model",), folder))
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def share(
    name: Phrase,
    result: str,
    rows: str,
    holds: Holds,
    folder: Path = RESULTS,
    *,
    means: Phrase = NOTHING,
) -> Figure | None:
    """Return of how many of `rows` in a result something `holds`, with Wilson's interval (1927).

    `name` may tell how many rows there are: `{n}`.
    """
    try:
        true = [holds(row) for row in _at(result, (rows,), folder)]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    if not true:
        return None
    size, kept = len(true), sum(true) / len(true)
    middle = (kept + Z * Z / (2 * size)) / (1 + Z * Z / size)
    half = Z / (1 + Z * Z / size) * math.sqrt(kept * (1 - kept) / size + Z * Z / (4 * size * size))
    return Figure(name.filled(n=size), kept, middle - half, middle + half, "", means)


def basket(model: str, adapter: str, folder: Path = RESULTS) -> Figure | None:
    """Return how many of the basket's prompts the chat model answers well; None: it was not asked.

    With an `adapter` those of the reply made with it count.
    """
    side = "adapter" if adapter else "base"
    result = f"basket-{model}"
    return share(
        PASSED, result, "cases", lambda one: not one[side]["failed"], folder, means=CHECKED
    )


def _at(result: str, place: Sequence[str], folder: Path) -> Any:
    held: Any = json.loads((folder / f"{result}.json").read_text(encoding="utf-8"))
    for step in place:
        held = held[step]
    return held
