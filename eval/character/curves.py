"""The learning curves of several runs in one picture: `python -m eval.character.curves runs/house-smollm2-*`.

Draws the held-out and the training loss over the tokens read into assets/plots/character-curves.png, and
writes what is drawn to eval/results/character-curves.json.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from eval.character import runs
from eval.character.runs import TrainingRun
from samovar.command import terminal
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.settings import ROOT, Settings
from training.frame.curves import ACCENT, INK

RESULT = "character-curves"
PICTURE = ROOT / "assets" / "plots" / f"{RESULT}.png"
PANELS = {"held_out": "held-out loss", "losses": "training loss, running mean"}
SMOOTH = {"held_out": 1, "losses": 5}
"""Rows of a mean: a row of training is of ten small batches, and jumps."""
LOOKS = (
    (ACCENT, "-", "o"),
    (INK, "--", "s"),
    ("#6b7d8c", "-", "^"),
    ("#4e7a51", "-.", "D"),
    ("#a23b5a", ":", "v"),
    ("#7a5aa2", "-", "x"),
    ("#9a9488", "--", "+"),
)
"""Colour, line and mark of a run: none is told by its colour alone."""
WIDTH, HEIGHT = 5.2, 3.6
"""Inches of one panel."""


def main(argv: Sequence[str] | None = None) -> int:
    """Draw the curves and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.character.curves", description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="folders of runs, in the legend's order")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    return terminal.run(lambda settings, out: measured(given, settings, out))


def measured(given: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Read the runs, draw them and write what is drawn.

    Raises:
        InputError: a folder holds no finished run.
    """
    began = time.perf_counter()
    read = [runs.read(folder) for folder in given.runs]
    rows = [{**asdict(run), "tokens": round(run.tokens)} for run in read]
    draw(read, given.picture)
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - began,
        data=", ".join(run.name for run in read),
        size=len(read),
        libraries=("matplotlib",),
    )
    path = provenance.write(RESULT, {"runs": rows}, origin, given.results)
    return terminal.write(out, [*table({"runs": rows}), str(given.picture), str(path)])


def draw(read: Sequence[TrainingRun], target: Path) -> None:
    """Draw a panel for each loss and a line for each run, over thousands of tokens read."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH * len(PANELS), HEIGHT), layout="constrained")
    labels = short([run.name for run in read])
    for place, (what, title) in enumerate(PANELS.items(), 1):
        axes = figure.add_subplot(1, len(PANELS), place)
        for number, (run, label) in enumerate(zip(read, labels, strict=True)):
            colour, line, mark = LOOKS[number % len(LOOKS)]
            points = smoothed(getattr(run, what), SMOOTH[what])
            scale = run.tokens / max(1, run.steps) / 1000
            axes.plot(
                [step * scale for step, _ in points],
                [loss for _, loss in points],
                color=colour,
                linestyle=line,
                marker=mark if SMOOTH[what] == 1 else None,
                markersize=3.5,
                linewidth=1.2,
                label=label,
            )
        axes.set_title(title, fontsize=10)
        axes.set_xlabel("thousand tokens read", fontsize=9)
        axes.tick_params(labelsize=8)
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[0].legend(fontsize=8, frameon=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=120, metadata={"Software": None})


def short(names: Sequence[str]) -> list[str]:
    """Return the names without the words that all begin with.

    >>> short(["house-smollm2-rank", "house-smollm2-rate"])
    ['rank', 'rate']
    """
    words = [name.split("-") for name in names]
    least = min(map(len, words)) - 1
    shared = next((at for at in range(least) if len({one[at] for one in words}) > 1), least)
    return ["-".join(one[shared:]) for one in words] if len(names) > 1 else list(names)


def smoothed(points: Sequence[tuple[int, float]], rows: int) -> list[tuple[int, float]]:
    """Return at each step the mean of its loss and the ones before, of `rows` rows at most."""
    means = []
    for at, (step, _) in enumerate(points):
        last = [loss for _, loss in points[max(0, at + 1 - rows) : at + 1]]
        means.append((step, sum(last) / len(last)))
    return means


def table(result: Mapping[str, Any]) -> list[str]:
    """Return the picture, and a line for each run: its steps, and its held-out loss on the way."""
    lines = [
        f"![Held-out and training loss of {len(result['runs'])} runs](../assets/plots/{RESULT}.png)",
        "",
        "| run | steps | thousand tokens | held-out loss: at first | half way | at the end | least |",
        "|---|" + "---:|" * 6,
    ]
    for run in result["runs"]:
        chosen = _chosen(run["held_out"], run["steps"]) if run["held_out"] else ()
        cells = [run["name"], str(run["steps"]), f"{run['tokens'] / 1000:.0f}"]
        cells += [f"{loss:.3f}" for loss in chosen] or [""] * 4
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _chosen(points: Sequence[tuple[int, float]], steps: int) -> tuple[float, ...]:
    """Return the first loss, the one nearest to half of the steps, the last and the least."""
    losses = [loss for _, loss in points]
    _, middle = min(points, key=lambda point: abs(point[0] - steps / 2))
    return losses[0], middle, losses[-1], min(losses)


if __name__ == "__main__":
    raise SystemExit(main())
