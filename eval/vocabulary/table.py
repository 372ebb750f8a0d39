"""The tables of `eval/results/tokenizer-*.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STARTS = {
    "unextended": "not extended",
    "mean": "mean of pieces",
    "library": "library's default",
    "random": "random",
    "similar": "mix of words used alike",
}
STAGES = {
    "start": "before training",
    "rows": "new rows",
    "matrix": "+ matrix",
    "attention": "+ LoRA on attention",
    "layers": "+ LoRA on MLP",
    "adapter": "new rows, LoRA at once",
}


def stages(result: Mapping[str, Any]) -> list[str]:
    """Return one line a state: losses per character, what was forgotten, anchors, gaps."""
    saved = result["tokens"]["domain"]["saved_percent"]
    return [
        f"{len(result['terms'])} terms, {result['entries']} entries: held-out domain text has "
        f"{_shown(saved, 1)} % fewer tokens.",
        "",
        "| stage | new rows begin as | domain, nats a character | general text, change in % "
        "| nearer to own anchors | gaps, mean reciprocal rank | median rank among all tokens |",
        "|---|---|---:|---:|---:|---:|---:|",
        *(
            f"| {_stage(row)} | {_start(row['start'])} | {_shown(row['domain'], 4)} "
            f"| {_shown(row['general_change_percent'], 2)} | {_shown(row['margin'], 3)} "
            f"| {_shown(row['reciprocal_rank'], 3)} | {_rank(row['median_rank'])} |"
            for row in result["states"]
        ),
        "",
    ]


def compared(result: Mapping[str, Any]) -> list[str]:
    """Return one line a stage and rival: by how much the first start differs from it."""
    return [
        "| stage | first | second | domain loss, % | general loss, % | gaps, reciprocal rank |",
        "|---|---|---|---:|---:|---:|",
        *(
            f"| {_stage(row)} | {_start(row['first'])} | {_start(row['second'])} "
            f"| {_shown(row['domain_percent'], 2)} | {_shown(row['general_percent'], 2)} "
            f"| {_shown(row['reciprocal_rank'], 3)} |"
            for row in result["compared"]
        ),
        "",
    ]


def _stage(row: Mapping[str, Any]) -> str:
    name = str(row["stage"])
    return STAGES.get(name, name)


def _start(name: str) -> str:
    return STARTS.get(name, name)


def _shown(value: Mapping[str, float], digits: int) -> str:
    middle, low, high = (f"{value[key]:.{digits}f}" for key in ("value", "low", "high"))
    return f"{middle} ({low} to {high})"


def _rank(rank: float | None) -> str:
    return "" if rank is None else f"{rank:,.0f}"
