"""The table of `eval/results/claims.json`: verdicts on what a character says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

GROUPS = {
    "en": "English",
    "ru": "Russian",
    "house en": "House, English",
    "house ru": "House, Russian",
    "data en": "Data, English",
    "data ru": "Data, Russian",
}
FACTS = {"given": "of the question, too", "found": "that the claim finds"}
VERDICTS = ("contradicted", "supported", "unknown")
KINDS = ("missed", "wrongly")
"""Of errors: a verdict that another one took the place of, and one given in the place of another."""


def claims(result: Mapping[str, Any]) -> list[str]:
    """Return a line for each group of claims and model: right verdicts, and both kinds of errors."""
    heads = [f"{verdict}: missed | wrongly said" for verdict in VERDICTS]
    table = [
        f"| claims | model | facts | how many | right (95 %) | {' | '.join(heads)} |",
        "|---|---|---|---:|---:|" + "---:|" * 2 * len(VERDICTS),
    ]
    for group in GROUPS:
        table += [
            _line(group, name, facts, judge[facts][group])
            for facts in FACTS
            for name, judge in result["judges"].items()
        ]
    return [*table, "", *_compared(result)]


def _line(group: str, name: str, facts: str, told: Mapping[str, Any]) -> str:
    cells = [_share(told[verdict][kind]) for verdict in VERDICTS for kind in KINDS]
    cells = [GROUPS[group], name, FACTS[facts], str(told["claims"]), _share(told["right"]), *cells]
    return f"| {' | '.join(cells)} |"


def _compared(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield how much more often the best model is right than each other one, a sentence each."""
    for name, compared in result["compared"].items():
        said = [
            f"{GROUPS[group]} {_difference(compared[facts][group])} ({FACTS[facts]})"
            for facts in FACTS
            for group in ("en", "ru")
        ]
        yield f"`{result['best']}` beside `{name}`, difference of the right verdicts: {'; '.join(said)}."
        yield ""


def _difference(compared: Mapping[str, Any]) -> str:
    told = compared["difference"]
    value, low, high = (f"{told[key]:+.3f}" for key in ("value", "low", "high"))
    return f"{value} ({low} to {high}), p {compared['p']:.4f}"


def _share(interval: Mapping[str, float]) -> str:
    value, low, high = (f"{interval[key]:.2f}" for key in ("value", "low", "high"))
    return f"{value} ({low} to {high})"
