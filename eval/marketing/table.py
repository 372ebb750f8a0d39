"""The tables of `eval/results/marketing-*.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from eval.marketing.columns import COLUMNS
from samovar import catalog
from samovar.marketing.checks.checker import OF_WORDING

KINDS_SHOWN = 5


def texts(result: Mapping[str, Any]) -> list[str]:
    """Return a line for each column, what the checks found most often, and how far readers agree."""
    table = [
        "| texts of | model | unsupported, by the checks (95 %) | unsupported, by hand | usable, by hand | "
        "length kept | distinct-2 | self-BLEU | cosine to the sheet | reading ease | first words, s | "
        "three texts, s |",
        "|---|---|" + "---:|" * 10,
        *(_row(name, row, result["listed"]) for name, row in result["columns"].items()),
    ]
    return [*table, "", *_kinds(result["columns"]), *_agreement(result["listed"])]


def checks(result: Mapping[str, Any]) -> list[str]:
    """Return both errors of the checks by language, and by kind of fault."""
    table = [
        "| language | faults | found (95 %) | right sentences | flagged (95 %) |",
        "|---|---:|---:|---:|---:|",
    ]
    for language in ("all", "en", "ru"):
        row = result[language]
        cells = (row["faults"], _share(row["found"]), row["right"], _share(row["flagged"]))
        table.append(f"| {language} | " + " | ".join(map(str, cells)) + " |")
    kinds = result["all"]["kinds"].items()
    told = ", ".join(f"{kind} {share['value']:.0%}" for kind, share in kinds)
    return [*table, "", f"Found by kind: {told}.", ""]


def experiments(result: Mapping[str, Any]) -> list[str]:
    """Return a line for each finished run of `eval/results/marketing-experiments.json`."""
    lines = [
        "| adapter | base | rank · layers | pairs | epochs | minutes | tokens/s | memory, MB | "
        "validation loss, last (lowest) | machine |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for name, row in result["rows"].items():
        if row["finished"] and row["validation_loss"] is not None:
            cells = (
                name,
                catalog.title(row["base"]),
                f"{row['rank']} · {row['layers']}",
                f"{row['pairs']:,}",
                str(row["epochs"]),
                f"{row['minutes']:.0f}",
                f"{row['tokens_per_second']:.0f}",
                f"{row['peak_memory_mb']:,}",
                f"{row['validation_loss']:.3f} ({row['lowest_validation_loss']:.3f})",
                row["hardware"],
            )
            lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _row(name: str, row: Mapping[str, Any], listed: Sequence[Mapping[str, Any]]) -> str:
    found = row["figures"]
    own = [one for one in listed if one["column"] == name and one["usable"] is not None]
    cells = (
        COLUMNS[name.split()[0]].title,
        catalog.title(row["model"]),
        _share(found["unsupported"]),
        _by_hand(own, "unsupported"),
        _by_hand(own, "usable"),
        f"{found['length']['value']:.0%}",
        f"{found['distinct_2']:.2f}",
        f"{found['self_bleu']:.2f}",
        f"{found['to_sheet']:.3f}",
        f"{found['reading_ease']:.0f}",
        f"{found['first_seconds_median']:.1f}",
        f"{found['seconds_median']:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def _share(interval: Mapping[str, float]) -> str:
    return f"{interval['value']:.0%} ({interval['low']:.0%} to {interval['high']:.0%})"


def _by_hand(rows: Sequence[Mapping[str, Any]], verdict: str) -> str:
    said = [bool(row[verdict]) for row in rows if row[verdict] is not None]
    return f"{mean(said):.0%} of {len(said)}" if said else "not read"


def _kinds(columns: Mapping[str, Any]) -> list[str]:
    told = []
    for name, row in columns.items():
        claims = [(k, n) for k, n in row["figures"]["kinds"].items() if k not in OF_WORDING]
        said = ", ".join(f"{kind} {count}" for kind, count in claims[:KINDS_SHOWN]) or "none"
        told.append(f"{name}: {said}")
    return [f"Texts with unsupported claims, by kind: {'; '.join(told)}.", ""]


def _agreement(listed: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return how often checks and readers agree that a text has an unsupported claim."""
    read = [row for row in listed if row["unsupported"] is not None]
    if not read:
        return []
    both = [(bool(set(row["problems"]) - OF_WORDING), row["unsupported"]) for row in read]
    same = sum(flagged == bad for flagged, bad in both)
    missed = sum(bad and not flagged for flagged, bad in both)
    return [
        f"Checks and reader agree on {same} of {len(both)} texts; {missed} unsupported claims were missed, "
        f"{len(both) - same - missed} right texts flagged.",
        "",
    ]
