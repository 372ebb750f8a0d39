"""The tables of what was trained for a character: adapters on held-out talks, and who said a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Interval = Mapping[str, float]
BASE = "base"
"""The row without an adapter, with the prompt of serving."""


def perplexity(result: Mapping[str, Any]) -> list[str]:
    """Return a line for each adapter of `eval/results/character-perplexity-*.json`."""
    rows = result["rows"]
    table = [
        "| run | what differs | minutes | tokens/s | validation loss "
        "| perplexity, held-out season (95 %) | lower than the prompted base by (95 %) |",
        "|---|---|" + "---:|" * 5,
        *(_adapter(name, row) for name, row in rows.items()),
    ]
    base = rows[BASE]
    size = (
        f"{result['talks']:,} talks, {base['replies']:,} replies, {base['tokens']:,} tokens of them"
    )
    return [*table, "", f"{result['model']}; {size}. Intervals are over replies.", ""]


def speakers(result: Mapping[str, Any]) -> list[str]:
    """Return how well the speakers of a series are told apart, and whose lines are taken for whose."""
    found = result["test"]
    return [*_accuracy(found), "", *_his_lines(result), "", *_confusion(found["confusion"]), ""]


def _adapter(name: str, row: Mapping[str, Any]) -> str:
    run = row.get("run") or {}
    value = row["perplexity"]
    cells = [
        "base, prompted" if name == BASE else name,
        run.get("differs", ""),
        _number(run.get("minutes"), 0),
        _number(run.get("tokens_per_second"), 0),
        _number(run.get("validation_loss"), 3),
        f"{value['value']:.1f} ({value['low']:.1f} to {value['high']:.1f})",
        "" if name == BASE else _lower(row["change"]),
    ]
    return f"| {' | '.join(cells)} |"


def _lower(change: Interval) -> str:
    """Return a change as the per cent that were saved, the bounds in their order."""
    value, low, high = (-100 * change[key] for key in ("value", "high", "low"))
    return f"{value:.1f} % ({low:.1f} to {high:.1f})"


def _accuracy(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| lines | judged | accuracy (95 %) | majority class | ahead by, points (95 %) |"
    yield "|---|---:|---:|---:|---:|"
    majority, gain = found["majority"], found["gain"]["difference"]
    points = [f"{100 * gain[key]:+.1f}" for key in ("value", "low", "high")]
    yield (
        f"| as they come | {found['lines']:,} | {_share(found['accuracy'])} "
        f"| {majority['accuracy']:.3f} ({majority['speaker']}) "
        f"| {points[0]} ({points[1]} to {points[2]}) |"
    )
    even = {"lines": found["lines"], **found["even"]}
    yield _even("every speaker counted alike", even["lines"], even)
    for size, row in found["together"].items():
        if size != "1":
            yield _even(f"{size} of one speaker together, counted alike", row["groups"], row)


def _even(what: str, count: int, row: Mapping[str, Any]) -> str:
    """Return a row whose majority is one of all speakers: a constant, so that the bounds only move by it."""
    accuracy, majority = row["accuracy"], row["majority"]
    value, low, high = (100 * (accuracy[key] - majority) for key in ("value", "low", "high"))
    return (
        f"| {what} | {count:,} | {_share(accuracy)} | {majority:.3f} "
        f"| {value:+.1f} ({low:+.1f} to {high:+.1f}) |"
    )


def _his_lines(result: Mapping[str, Any]) -> Iterator[str]:
    his, seasons = result["test"]["character"], result["seasons"]
    best = max(result["trials"], key=lambda trial: float(trial["validation"]))
    yield (
        f"Season {seasons['validation']} chose {best['features']} with the penalty {best['strength']:g} "
        f"({best['validation']:.3f} right); season {seasons['test']} gives the figures. The character's "
        f"own lines get the style {his['mean_of_his_lines']:.2f} on average, those of the others "
        f"{his['mean_of_other_lines']:.2f}; area under the curve {_share(his['area_under_curve'])}."
    )


def _confusion(table: Mapping[str, Any]) -> Iterator[str]:
    names = table["speakers"]
    yield f"| of 100 lines of … | {' | '.join(f'taken for {name}' for name in names)} |"
    yield "|---|" + "---:|" * len(names)
    for name, counts in zip(names, table["even"], strict=True):
        total = max(1, sum(counts))
        cells = [f"{100 * count / total:.0f}" for count in counts]
        cells = [f"**{cell}**" if names[at] == name else cell for at, cell in enumerate(cells)]
        yield f"| {name} | {' | '.join(cells)} |"


def _share(interval: Interval) -> str:
    value, low, high = (f"{interval[key]:.3f}" for key in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"
