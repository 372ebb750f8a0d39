"""Which run made which cell of the tables of named entities, as eval/results/ner.json records it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Origin = Callable[[dict[str, Any]], str]


def runs(
    result: dict[str, Any], language: str, titles: Mapping[str, str], origin: Origin
) -> list[str]:
    """Return one line a tagger with its runs, then what is recorded of their commands.

    A cell holds its commit and seconds; its command only where it was measured after commands, too,
    were recorded cell by cell. The file's own origin is that of its last run.
    """
    corpora = [one for one in result["corpora"].values() if one["language"] == language]
    lines, unnamed = [], False
    for name, title in titles.items():
        cells = [(one["title"], one["taggers"][name]) for one in corpora if name in one["taggers"]]
        unnamed = unnamed or any("command" not in cell for _, cell in cells)
        if cells:
            lines.append(f"- {title}: {'; '.join(_runs(cells))}")
    said = f"Last run of the file: {origin(result['origin'])}"
    if unnamed:
        said = (
            "Commit and seconds were recorded with each cell, the command was not; the report lists the "
            "commands that are in the history of the file. " + said
        )
    return [*lines, "", said]


def _runs(cells: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Return each run with its corpora and seconds, in the order of the cells."""
    parts_of_runs: dict[str, list[tuple[str, float]]] = {}
    for title, cell in cells:
        command = f"`{cell['command']}` at " if "command" in cell else ""
        run = f"{command}{cell['commit']}"
        parts_of_runs.setdefault(run, []).append((title, cell["wall_seconds"]))
    lines = []
    for run, parts in parts_of_runs.items():
        seconds = sum(each for _, each in parts)
        which = "all" if len(parts_of_runs) == 1 else ", ".join(title for title, _ in parts)
        lines.append(f"{which} at {run} ({seconds:.1f} s)")
    return lines
