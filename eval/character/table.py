"""The table of the ablation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMES = {
    "base": "base",
    "lora": "+ LoRA",
    "retrieval": "+ retrieval",
    "check": "+ check",
    "ranking": "+ ranking",
}
HEADS = (
    "steps",
    "right",
    "facts",
    "false premises",
    "follow-ups",
    "unknowable",
    "wrong said",
    "contradicted",
    "style",
    "s",
    "times",
)


def ablation(result: Mapping[str, Any]) -> list[str]:
    """Return the Markdown lines of one result of `python -m eval.character`."""
    rows = [_row(name, column) for name, column in result["columns"].items()]
    lines = [HEADS, ["---"] * len(HEADS), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _row(name: str, column: Mapping[str, Any]) -> list[str]:
    kinds = ("fact", "false_premise", "follow_up", "unknowable")
    return [
        NAMES[name],
        _share(column["right"]),
        *(_share(column[kind]["right"], bounds=False) if kind in column else "" for kind in kinds),
        _share(column["affirmed"]),
        _share(column["contradicted"]),
        f"{column['style']['value']:.2f}" if column["style"] else "",
        f"{column['seconds']:.1f}",
        f"{column['times']:.1f}" if "times" in column else "1",
    ]


def _share(interval: Mapping[str, float], bounds: bool = True) -> str:
    """Return .62 (.52 to .71)."""
    value, low, high = (
        f"{interval[key]:.2f}".removeprefix("0") for key in ("value", "low", "high")
    )
    return f"{value} ({low} to {high})" if bounds else value
