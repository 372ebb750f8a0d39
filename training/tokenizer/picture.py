"""The stages of an experiment in one figure: four measures, a line a start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training.frame.curves import ACCENT, INK
from training.tokenizer.plan import UNEXTENDED

PANELS = {
    "domain": "domain text, nats a character",
    "general_change_percent": "general text, loss higher by %",
    "margin": "nearer to own anchors, cosine",
    "reciprocal_rank": "gaps, mean reciprocal rank",
}
"""Figure of a state → title of its panel."""
LOOKS: Mapping[str, tuple[str, str, str]] = {
    UNEXTENDED: (INK, "--", "s"),
    "mean": (ACCENT, "-", "o"),
    "library": ("#6b7d8c", "-", "^"),
    "random": ("#9a9488", ":", "v"),
    "similar": ("#4e7a51", "-.", "D"),
}
"""Start → colour, line and mark: none is told by its colour alone."""
NAMES = {UNEXTENDED: "not extended", "library": "library's default"}
WIDTH, HEIGHT = 4.4, 3.2


def draw(summary: Sequence[Mapping[str, Any]], after: Mapping[str, str], target: Path) -> None:
    """Draw the summary of all states with their intervals; `after` tells from which stage each goes on."""
    from matplotlib.figure import Figure

    stages = list(dict.fromkeys(row["stage"] for row in summary))
    starts = list(dict.fromkeys(row["start"] for row in summary))
    figure = Figure(figsize=(WIDTH * 2, HEIGHT * 2), layout="constrained")
    for at, (measure, title) in enumerate(PANELS.items()):
        axes = figure.add_subplot(2, 2, at + 1)
        for number, start in enumerate(starts):
            shift = (number - len(starts) / 2) * 0.06
            own = {row["stage"]: row[measure] for row in summary if row["start"] == start}
            places = {stage: stages.index(stage) + shift for stage in own}
            _marks(axes, places, own, start)
            for stage in own.keys() & after.keys():
                if after[stage] in own:
                    _way(axes, places, own, (after[stage], stage), start)
        axes.set_title(title, fontsize=10)
        axes.set_xticks(range(len(stages)), stages, fontsize=8)
        axes.tick_params(labelsize=8)
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[0].legend(fontsize=8, frameon=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=120, metadata={"Software": None})


def _marks(axes: Any, places: Mapping[str, float], own: Mapping[str, Any], start: str) -> None:
    colour, _, mark = LOOKS[start]
    spread = [
        [max(0.0, sign * (own[stage][bound] - own[stage]["value"])) for stage in places]
        for sign, bound in ((-1, "low"), (1, "high"))
    ]
    axes.errorbar(
        list(places.values()),
        [own[stage]["value"] for stage in places],
        yerr=spread,
        color=colour,
        linestyle="none",
        marker=mark,
        markersize=4,
        elinewidth=0.8,
        label=NAMES.get(start, start),
    )


def _way(
    axes: Any,
    places: Mapping[str, float],
    own: Mapping[str, Any],
    ends: tuple[str, str],
    start: str,
) -> None:
    colour, line, _ = LOOKS[start]
    axes.plot(
        [places[stage] for stage in ends],
        [own[stage]["value"] for stage in ends],
        color=colour,
        linestyle=line,
        linewidth=1.1,
    )
