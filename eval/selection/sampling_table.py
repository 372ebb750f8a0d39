"""The table of `eval/results/character-sampling.json`: replies drawn under several settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LEVEL = 0.05
SETTINGS = ("temperature", "top_p", "repetition_penalty")


def sampling(result: Mapping[str, Any]) -> list[str]:
    """Return a line for each combination of settings, serving's own first."""
    return [
        "| temperature | top-p | penalty | right (95 %) | style (95 %) | distinct-2 | repeated 4-grams "
        "| words | s, median |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(_line(cell) for cell in result["cells"].values()),
        "",
        f"{result['model']} on {result['engine']}, {result['questions']} English development questions, "
        f"the first draft beside its facts. A star: other than as served (p < {LEVEL:g}).",
        "",
    ]


def _line(cell: Mapping[str, Any]) -> str:
    settings = (
        [f"{cell[name]:g}" for name in SETTINGS] if SETTINGS[0] in cell else ["as served", "", ""]
    )
    cells = [
        *settings,
        _share(cell, "right"),
        _share(cell, "style") if cell["style"] else "",
        f"{cell['distinct_2']:.2f}",
        f"{cell['repeated']:.3f}",
        f"{cell['words']:.1f}",
        f"{cell['seconds']:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


def _share(cell: Mapping[str, Any], key: str) -> str:
    value, low, high = (f"{cell[key][bound]:.2f}" for bound in ("value", "low", "high"))
    compared = cell.get("compared", {}).get(key)
    star = "*" if compared and compared["p"] < LEVEL else ""
    return f"{value}{star} ({low} to {high})"
