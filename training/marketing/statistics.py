"""What the filter did, in numbers and as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from samovar.phrases import LANGUAGES
from training.frame.curves import ACCENT, HEIGHT, INK, WIDTH
from training.marketing.similarity import FARTHEST, NEAREST, Row

WHY = {"near": "too close to another", "far": "too far from its sheet"}
"""Reason → how it is called."""
BINS = 40


def counted(rows: Sequence[Row], held: Mapping[str, int]) -> dict[str, Any]:
    """Return the numbers of the texts in `rows`; `held` says how many validate, by language."""
    result: dict[str, Any] = {"nearest": NEAREST, "farthest": FARTHEST, "languages": {}}
    for language in LANGUAGES:
        own = [row for row in rows if row.ad.language == language]
        if not own:
            continue
        kept = [row for row in own if not row.dropped]
        others = np.array([lead for row in own for lead in row.others])
        result["languages"][language] = {
            "texts": len(own),
            "kept": len(kept),
            "held_out": held.get(language, 0),
            "dropped": {why: sum(row.dropped == why for row in own) for why in WHY},
            "channels": dict(sorted(Counter(row.ad.channel for row in kept).items())),
            "tones": dict(sorted(Counter(row.ad.tone for row in kept).items())),
            "wrong_sheet_dropped": round(float((others < FARTHEST).mean()), 4),
        }
    return result


def told(numbers: Mapping[str, Any], rows: Sequence[Row]) -> list[str]:
    """Return the numbers and the texts that fell out as lines for a terminal."""
    lines = []
    for language, row in numbers["languages"].items():
        fell = ", ".join(f"{row['dropped'][why]} {said}" for why, said in WHY.items())
        lines.append(
            f"{language}: {row['texts']} texts, {row['kept']} kept ({row['held_out']} validate); {fell}; "
            f"beside a wrong sheet {row['wrong_sheet_dropped']:.0%} would fall out"
        )
    for one in rows:
        if one.dropped:
            like = f" ~ {_short(one.like)}" if one.dropped == "near" else f" ({one.ad.sheet})"
            value = one.near if one.dropped == "near" else one.lead
            lines.append(f"  {one.dropped} {value:.3f}: {_short(one.ad.text)}{like}")
    return lines


def draw(rows: Sequence[Row], target: Path) -> None:
    """Draw both measurements with their thresholds, and what lies beyond them, into `target`."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2.4 * WIDTH, 1.1 * HEIGHT), layout="constrained")
    left, right = figure.subplots(1, 2)
    near = np.array([row.near for row in rows if row.near > -1])
    _bars(left, near, _edges(near, NEAREST), near > NEAREST, "texts")
    left.axvline(NEAREST, color=ACCENT, linestyle="--", linewidth=1)
    left.set_title("cosine to the nearest other text", fontsize=10)
    lead = np.array([row.lead for row in rows])
    others = np.array([each for row in rows for each in row.others])
    edges = _edges(np.concatenate([lead, others]), FARTHEST)
    _bars(right, lead, edges, lead < FARTHEST, "texts")
    if len(others):
        weights = np.full(len(others), len(lead) / len(others))
        right.hist(
            *(others, edges),
            weights=weights,
            histtype="step",
            color=INK,
            linewidth=1,
            label="the same texts beside wrong sheets",
        )
    right.axvline(FARTHEST, color=ACCENT, linestyle="--", linewidth=1)
    right.set_title("how much nearer the own sheet is than others", fontsize=10)
    for axes in (left, right):
        axes.tick_params(labelsize=8)
        axes.grid(alpha=0.25, axis="y")
        axes.legend(fontsize=7, frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=120, metadata={"Software": None})


def _edges(values: Any, threshold: float) -> Any:
    """Return the edges of bins of which one is the threshold."""
    width = (values.max() - values.min()) / BINS or 1.0
    below = np.ceil((threshold - values.min()) / width) + 1
    above = np.ceil((values.max() - threshold) / width) + 1
    return threshold + width * np.arange(-max(below, 1), max(above, 1) + 1)


def _bars(axes: Any, values: Any, edges: Any, dropped: Any, label: str) -> None:
    kept = (~dropped, INK, f"{label} kept: {(~dropped).sum()}")
    for chosen, colour, said in (kept, (dropped, ACCENT, f"dropped: {dropped.sum()}")):
        axes.hist(values[chosen], edges, color=colour, alpha=0.8, label=said)


def _short(text: str) -> str:
    flat = " / ".join(text.split("\n"))
    return flat if len(flat) <= 90 else f"{flat[:90]}…"
