"""The tables of `eval/results/character-*.json`: what each step brings, and what the replies are like."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from eval.metrics.diversity import distinct
from eval.metrics.replies import repeated
from samovar.character.persona import CHARACTERS
from samovar.figures.statistics import mean
from samovar.records import to_json

NAMES = {
    "base": "base",
    "lora": "+ LoRA",
    "retrieval": "+ retrieval",
    "check": "+ check",
    "ranking": "+ ranking",
    "words": "+ own words",
}
HEADS = (
    "steps",
    "right",
    "facts",
    "false premises",
    "follow-ups",
    "unknowable",
    "wrong said",
    "contradicted",
    "style",
    "s",
    "times",
)


def ablation(result: Mapping[str, Any]) -> list[str]:
    """Return the Markdown lines of one result of `python -m eval.character`."""
    rows = [_row(name, column) for name, column in result["columns"].items()]
    lines = [HEADS, ["---"] * len(HEADS), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def steps(result: Mapping[str, Any]) -> list[str]:
    """Return the table of the ablation, and how each column differs from the adapter alone."""
    return [*ablation(result), "", *_compared(result["columns"])]


def replies(result: Mapping[str, Any]) -> list[str]:
    """Return what the replies of each column are like, and who is answered rightly in which language."""
    rows = result["rows"]
    groups = dict.fromkeys((row["character"], row["language"]) for row in rows)
    heads = ["steps", "distinct-1", "distinct-2", "repeated 4-grams", "words"]
    heads += [f"right: {CHARACTERS[slug].name.en}, {language}" for slug, language in groups]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for name in result["columns"]:
        own = [row for row in rows if row["column"] == name]
        texts = [row["reply"] for row in own]
        shares = (
            [float(row["right"]) for row in own if (row["character"], row["language"]) == group]
            for group in groups
        )
        lines.append(
            [
                NAMES[name],
                f"{distinct(texts, 1):.2f}",
                f"{distinct(texts):.2f}",
                f"{statistics.fmean(map(repeated, texts)):.3f}",
                f"{statistics.fmean(len(text.split()) for text in texts):.1f}",
                *(_share(to_json(mean(one))) if one else "" for one in shares),
            ]
        )
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def _compared(columns: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield a sentence a column that is compared: what it changes against the adapter alone."""
    said = {"right": "right", "affirmed": "wrong said", "contradicted": "contradicted"}
    for name, column in columns.items():
        if "compared" in column:
            told = [f"{said[key]} {_difference(one)}" for key, one in column["compared"].items()]
            yield f"- {NAMES[name]} against {NAMES['lora']}: {'; '.join(told)}."
    yield ""


def _difference(compared: Mapping[str, Any]) -> str:
    value, low, high = (f"{compared['difference'][key]:+.2f}" for key in ("value", "low", "high"))
    return f"{value} ({low} to {high}), p {compared['p']:.4f}"


def _row(name: str, column: Mapping[str, Any]) -> list[str]:
    kinds = ("fact", "false_premise", "follow_up", "unknowable")
    return [
        NAMES[name],
        _share(column["right"]),
        *(_share(column[kind]["right"], bounds=False) if kind in column else "" for kind in kinds),
        _share(column["affirmed"]),
        _share(column["contradicted"]),
        f"{column['style']['value']:.2f}" if column["style"] else "",
        f"{column['seconds']:.1f}",
        f"{column['times']:.1f}" if "times" in column else "1",
    ]


def _share(interval: Mapping[str, float], bounds: bool = True) -> str:
    """Return .62 (.52 to .71)."""
    value, low, high = (
        f"{interval[key]:.2f}".removeprefix("0") for key in ("value", "low", "high")
    )
    return f"{value} ({low} to {high})" if bounds else value
