"""The table of `eval/results/harness-<model>.json`: before and after an adapter, by lm-evaluation-harness."""

from __future__ import annotations

from typing import Any

from eval.sets.harness_tasks import TASKS


def harness(result: dict[str, Any]) -> list[str]:
    """Return one line a task, the rule of the alarm and what was read below."""
    table = [
        "| task | items | metric | base | with the adapter | difference (95 %) | p | gained, lost |",
        "|---|---:|---|---:|---:|---:|---:|---:|",
    ]
    table += [_line(name, row) for name, row in result["tasks"].items()]
    return [*table, "", " ".join((*alarms(result), _rule(result), _cost(result)))]


def alarms(result: dict[str, Any]) -> list[str]:
    """Return a sentence for each task whose loss rang, or one that none did."""
    rang = [(name, row) for name, row in result["tasks"].items() if row["alarm"]]
    if not rang:
        return ["No task got worse beyond the stated loss."]
    return [
        f"**{_title(name)} got worse**: it lost {-100 * row['difference']['value']:.1f} points, and two "
        f"standard errors are {200 * row['difference_error']:.1f}."
        for name, row in rang
    ]


def value(value: float, error: float | None) -> str:
    """Return a value with its standard error, where it has one."""
    return f"{value:.3f}" if error is None else f"{value:.3f} ± {error:.3f}"


def _line(name: str, row: dict[str, Any]) -> str:
    title = f"**{_title(name)}**" if row["alarm"] else _title(name)
    change = row["difference"]
    return (
        f"| {title} | {row['size']} | {row['metric']} "
        f"| {value(**row['before'])} | {value(**row['after'])} "
        f"| {change['value']:+.3f} ({change['low']:+.3f} to {change['high']:+.3f}) "
        f"| {row['p']:.3f} | {row['gained']}, {row['lost']} |"
    )


def _rule(result: dict[str, Any]) -> str:
    return (
        "±: standard error, by the harness; p: paired permutation test. A task rings (bold) when it loses "
        f"more than {result['errors']:g} standard errors of the difference and more than "
        f"{100 * result['least']:g} points."
    )


def _cost(result: dict[str, Any]) -> str:
    read = sum(row["tokens"] for row in result["passes"].values())
    seconds = sum(row["seconds"] for row in result["passes"].values())
    return (
        f"{result['model']} with {result['adapter']}, {result['precision']}, raw text without a chat "
        f"template and without examples; {read:,} tokens read in {seconds:.0f} s."
    )


def _title(name: str) -> str:
    return TASKS[name].title if name in TASKS else name
