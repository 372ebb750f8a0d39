"""A confusion table as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from training.frame.curves import ACCENT, INK


def draw(table: Mapping[str, Any], target: Path) -> None:
    """Draw the shares of each speaker's lines that are taken for whose, into `target`."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

    names, counts = table["speakers"], np.array(table["even"], float)
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    figure = Figure(figsize=(5.2, 4.6), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(shares, cmap=LinearSegmentedColormap.from_list("copper", ["white", ACCENT]), vmin=0)
    for row, column in np.ndindex(shares.shape):
        share = f"{100 * shares[row, column]:.0f}"
        axes.text(column, row, share, ha="center", va="center", fontsize=8, color=INK)
    places = range(len(names))
    axes.set_xticks(places, names, rotation=45, ha="right", fontsize=8)
    axes.set_yticks(places, names, fontsize=8)
    axes.set_xlabel("taken for", fontsize=9)
    axes.set_ylabel("says it", fontsize=9)
    axes.set_title("of 100 lines of each speaker", fontsize=10)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=120, metadata={"Software": None})
