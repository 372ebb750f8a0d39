"""What a transcript holds, in numbers and as a picture; no line of it stands in either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from training.corpora.transcripts import Line
from training.frame.curves import ACCENT, HEIGHT, INK, WIDTH
from training.lessons.character.lines import Cleaned
from training.lessons.character.talks import PARTS, Talks

SHOWN = 10
"""Speakers, those with the most lines."""
LONGEST = 60
"""Words of a reply in the picture; longer ones stand at its edge."""


def counted(read: int, clean: Cleaned, talks: Talks, speaker: str) -> dict[str, Any]:
    """Return the numbers of a transcript of which `read` lines were read."""
    lines = clean.lines
    words = [len(line.text.split()) for line in lines if line.speaker == speaker]
    most = Counter(line.speaker for line in lines).most_common(SHOWN)
    return {
        "speaker": speaker,
        "lines": {"read": read, "kept": len(lines), "left_out": clean.left_out},
        "scenes": talks.scenes,
        "lines_of_a_scene": round(len(lines) / talks.scenes, 1),
        "speakers": dict(most),
        "seasons": _seasons(lines, [name for name, _ in most]),
        "words_of_a_line": {"mean": round(mean(words), 1), "median": median(words)},
        "parts": {name: _part(talks, name) for name in PARTS},
        "repeated_replies_left_out": talks.repeated,
    }


def _seasons(lines: Sequence[Line], names: Sequence[str]) -> dict[str, dict[str, int]]:
    counts = Counter((line.season, line.speaker) for line in lines)
    seasons = sorted({line.season for line in lines}, key=lambda season: season or 0)
    return {
        str(season or "—"): {name: counts[season, name] for name in names} for season in seasons
    }


def _part(talks: Talks, name: str) -> dict[str, Any]:
    windows = talks.parts[name]
    seasons = sorted({window.season for window in windows if window.season is not None})
    replies = [text for window in windows for text in window.replies]
    return {
        "seasons": seasons,
        "talks": len(windows),
        "replies": len(replies),
        "words": sum(len(text.split()) for text in replies),
    }


def told(numbers: dict[str, Any]) -> list[str]:
    """Return the numbers as lines for a terminal."""
    lines = numbers["lines"]
    left = ", ".join(f"{count} {why}" for why, count in lines["left_out"].items()) or "none"
    names = list(numbers["speakers"])
    width = max(6, *map(len, names))
    table = ["season  " + "".join(f"{name:>{width + 1}}" for name in names)]
    for season, row in numbers["seasons"].items():
        table.append(f"{season:<8}" + "".join(f"{row[name]:>{width + 1},}" for name in names))
    parts = [
        f"{name}: {part['talks']:,} talks, {part['replies']:,} replies of {numbers['speaker']}, "
        f"{part['words']:,} words (seasons {', '.join(map(str, part['seasons'])) or '—'})"
        for name, part in numbers["parts"].items()
    ]
    return [
        f"{lines['read']:,} lines read, {lines['kept']:,} kept; left out: {left}",
        f"{numbers['scenes']:,} scenes of {numbers['lines_of_a_scene']} lines",
        *table,
        *parts,
        f"{numbers['repeated_replies_left_out']:,} replies repeat others and do not train",
    ]


def draw(numbers: dict[str, Any], lines: Sequence[Line], target: Path) -> None:
    """Draw the lines by speaker and season, and how long the character's lines are, into `target`."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2.4 * WIDTH, 1.25 * HEIGHT), layout="constrained")
    left, right = figure.subplots(1, 2, width_ratios=(3, 2))
    names, seasons = list(numbers["speakers"]), list(numbers["seasons"])
    bottom = [0] * len(names)
    for at, season in enumerate(seasons):
        row = [numbers["seasons"][season][name] for name in names]
        shade = 0.25 + 0.75 * at / max(1, len(seasons) - 1)
        left.barh(names, row, left=bottom, color=INK, alpha=shade, label=season, height=0.7)
        bottom = [before + count for before, count in zip(bottom, row, strict=True)]
    left.invert_yaxis()
    left.set_title("lines by speaker and season", fontsize=10)
    left.legend(fontsize=7, frameon=False, title="season", title_fontsize=7)
    speaker = numbers["speaker"]
    words = [min(len(line.text.split()), LONGEST) for line in lines if line.speaker == speaker]
    right.hist(words, bins=range(1, LONGEST + 2, 2), color=ACCENT)
    right.set_title(f"words of a line of {speaker}", fontsize=10)
    for axes in (left, right):
        axes.tick_params(labelsize=8)
        axes.grid(alpha=0.25, axis="x" if axes is left else "y")
        axes.spines[["top", "right"]].set_visible(False)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=120, metadata={"Software": None})
