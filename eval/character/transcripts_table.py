"""The table of `eval/results/transcripts-*.json`: what the transcripts of both series hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Numbers = Mapping[str, Any]
PARTS = ("training", "validation", "test")
ROWS: dict[str, Callable[[Numbers], str]] = {
    "lines read": lambda one: f"{one['lines']['read']:,}",
    "lines kept": lambda one: f"{one['lines']['kept']:,}",
    "scenes": lambda one: f"{one['scenes']:,}",
    "lines of a scene": lambda one: f"{one['lines_of_a_scene']}",
    "lines of the character": lambda one: f"{one['speakers'][one['speaker']]:,}",
    "words of his line, mean (median)": lambda one: (
        f"{one['words_of_a_line']['mean']} ({one['words_of_a_line']['median']:g})"
    ),
    "replies left out that repeat others": lambda one: f"{one['repeated_replies_left_out']:,}",
}


def transcripts(*results: Numbers) -> list[str]:
    """Return a column for each series."""
    names = [one["speaker"] for one in results]
    lines = [f"| transcripts | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
    for what, cell in ROWS.items():
        lines.append(f"| {what} | {' | '.join(map(cell, results))} |")
    for part in PARTS:
        cells = [_part(one["parts"][part]) for one in results]
        lines.append(f"| {part}: talks of the seasons | {' | '.join(cells)} |")
    return [*lines, ""]


def _part(part: Numbers) -> str:
    seasons = ", ".join(map(str, part["seasons"]))
    counts = f"{part['talks']:,} talks with {part['replies']:,} replies, {part['words']:,} words"
    return f"{seasons}: {counts}"
