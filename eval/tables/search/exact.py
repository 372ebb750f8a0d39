"""The tables of `eval/results/search-exact.json` and `eval/results/no-match.json`."""

from __future__ import annotations

from typing import Any

from eval.tables.search.quality import NAMES

ROWS = {"bm25": "BM25", "dense": "meaning", "hybrid": "**both joined**"}
PARTS = {"development": "development", "test": "held out"}
SETS = NAMES | {
    "truthfulqa": "TruthfulQA, best answers",
}


def search_exact(result: dict[str, Any]) -> list[str]:
    """Return how often a right document comes first, and what exact words cost elsewhere."""
    kinds = list(result["exact"]["test"]["kinds"])
    table = [
        f"| right document first | half (queries) | without exact words | with them | {' | '.join(kinds)} |",
        "|---|---|---:|---:|" + "---:|" * len(kinds),
    ]
    for part, half in PARTS.items():
        measured = result["exact"][part]
        label = f"{half} ({measured['queries']})"
        for row, name in ROWS.items():
            both = (_interval(measured["rows"][one]) for one in (f"{row} without", row))
            cells = (
                f"{each[f'{row} without']:.2f} → {each[row]:.2f}"
                for each in measured["kinds"].values()
            )
            table.append(f"| {name} | {label} | {' | '.join(both)} | {' | '.join(cells)} |")
    absent = result["exact"]["test"]["absent"]
    said = (
        f"Of {absent['queries']} held-out queries for a code that no document holds, {absent['told']} are "
        "told so."
    )
    return [*table, "", said, *_others(result["others"]), ""]


def no_match(result: dict[str, Any]) -> list[str]:
    """Return both errors of "no good match" on every set."""
    table = [
        "| collection | half | own questions called unanswered | questions of other sets called answered |",
        "|---|---|---:|---:|",
    ]
    chosen = result["development"][str(result["chosen"])]["sets"]
    for half, rows in (("development", chosen), ("held out", result["held_out"])):
        for name, row in rows.items():
            missed = f"{row['missed']:.3f} of {row['own']}"
            false = f"{row['false']:.3f} of {row['foreign']}"
            table.append(f"| {SETS[name]} | {half} | {missed} | {false} |")
    said = f"{result['encoder']}, threshold {result['chosen']}; in use: {result['used']}."
    return [*table, "", said, ""]


def _others(others: dict[str, Any]) -> list[str]:
    if not others:
        return []
    table = [
        "",
        "| nDCG@10, joined (documents, questions) | without exact words | with them | better, worse, p |",
        "|---|---:|---:|---:|",
    ]
    for name, row in others.items():
        test = row["compared"]
        label = f"{SETS[name]} ({row['documents']:,}, {row['queries']:,})"
        tested = f"{test['wins']}, {test['losses']}, {test['p']:.4f}"
        table.append(f"| {label} | {row['without']:.3f} | {row['with']:.3f} | {tested} |")
    return table


def _interval(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['value']:.3f} ({low:.3f} to {high:.3f})"
