"""Learning curves: lines of `curves.jsonl`, and the picture `curves.png` drawn from them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

FILE, PICTURE = "curves.jsonl", "curves.png"
ACCENT, INK = "#b5651d", "#3b3a36"
"""Copper for what was held out, ink for training: the colours of the page."""
HELD_OUT = "validation_"
WIDTH, HEIGHT = 4.2, 2.8
"""Inches of one panel."""
ACROSS = 4
"""Panels beside each other, at most."""


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of `path`; a line torn by a crash is left out."""
    if not path.is_file():
        return []
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue
    return rows


def by_origin(values: torch.Tensor, origins: Sequence[str]) -> dict[str, float]:
    """Return the mean of `values`, one a case, over the cases of each origin, as a row names it."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, origin in enumerate(origins):
        places[origin].append(at)
    return {HELD_OUT + name: values[places[name]].mean().item() for name in sorted(places)}


def append(path: Path, step: int, metrics: Mapping[str, float]) -> None:
    """Add the row of `step` to `path`."""
    row = {"step": step, **{name: round(value, 6) for name, value in metrics.items()}}
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(row) + "\n")


def cut(path: Path, step: int) -> None:
    """Drop the rows after `step`: they are measured again."""
    kept = [row for row in read(path) if row["step"] <= step]
    path.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")


def draw(source: Path, target: Path) -> None:
    """Draw one panel a metric, `loss` and `validation_loss` in the same one."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    panels = _panels(read(source))
    if not panels:
        return
    columns = min(ACROSS, len(panels))
    rows = -(-len(panels) // columns)
    figure = Figure(figsize=(WIDTH * columns, HEIGHT * rows), layout="constrained")
    for place, (metric, lines) in enumerate(panels.items()):
        axes = figure.add_subplot(rows, columns, place + 1)
        for name, points in lines.items():
            held = name.startswith(HELD_OUT)
            axes.plot(
                *zip(*points, strict=True),
                color=ACCENT if held else INK,
                marker="o" if held else None,
                markersize=3,
                linewidth=1.2,
                label="held out" if held else "training",
            )
        axes.set_title(metric.replace("_", " "), fontsize=10)
        axes.set_xlabel("step", fontsize=9)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
        axes.tick_params(labelsize=8)
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
        if len(lines) > 1:
            axes.legend(fontsize=8, frameon=False)
    figure.savefig(target, dpi=120, metadata={"Software": None})


def _panels(rows: list[dict[str, Any]]) -> dict[str, dict[str, list[tuple[int, float]]]]:
    """Return metric → line → (step, value)."""
    panels: dict[str, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for name, value in row.items():
            if name != "step":
                panels[name.removeprefix(HELD_OUT)][name].append((row["step"], value))
    return panels
