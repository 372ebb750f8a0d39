"""The tables of paraphrases: what passes the checks, and what an annotator says of it."""

from __future__ import annotations

from typing import Any

from eval.tables.origin import origin

PARAPHRASERS = {
    "lexical": "synonyms replaced, no model",
    "base": "base model",
    "small": "adapter alone",
    "light": "a light machine",
    "tool": "**the tool**",
}
SHARES = ("with_five_or_more", "new_core", "acceptance_rate")
MEANS = ("self_bleu", "distinct_2")


def paraphrase(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/paraphrase-*.json`, the origins of its rows below."""
    wanted, size = result["wanted"], result["origin"]["size"]
    table = [
        f"| {size} commands | accepted, of {wanted} | commands with 5 or more "
        "| accepted with a new core | drafts accepted | self-BLEU | distinct-2 | intent flips "
        "| seconds, median (maximum) |",
        "|---|" + "---:|" * 8,
    ]
    for name in (name for name in PARAPHRASERS if name in result["rows"]):
        figures = result["rows"][name]["figures"]
        cells = (
            PARAPHRASERS[name],
            f"{figures['accepted_per_command']:.2f}",
            *(f"{figures[key]:.0%}" for key in SHARES),
            *(_cell(figures[key]) for key in MEANS),
            f"{figures['intent_flips']:.1%}",
            f"{figures['seconds_median']:.1f} ({figures['seconds_most']:.1f})",
        )
        table.append(f"| {' | '.join(cells)} |")
    return [*table, "", *_origins(result)]


def _cell(mean: float) -> str:
    """Return a mean over accepted variants; it is zero only where there were none, or no two of a command."""
    return f"{mean:.2f}" if mean else "–"


def _origins(result: dict[str, Any]) -> list[str]:
    """Return one line a run, each with its rows where there were several runs."""
    runs: dict[str, list[str]] = {}
    for name, row in result["rows"].items():
        said = PARAPHRASERS[name].replace("*", "").partition(":")[0]
        runs.setdefault(origin(row.get("origin", result["origin"])), []).append(said)
    if len(runs) == 1:
        return list(runs)
    return [f"- {'; '.join(names)}: {said}" for said, names in runs.items()]


def human_evaluation(result: dict[str, Any]) -> list[str]:
    """Return the list of `eval/results/human-evaluation-*.json` with the annotator's verdicts."""
    rows = result["variants"]
    kept = sum(row["keeps"] is True for row in rows)
    table = ["| request | accepted variant | keeps the meaning |", "|---|---|---|"]
    for row in rows:
        verdict = {True: "yes", False: f"**no**: {row['why']}", None: "not read"}[row["keeps"]]
        table.append(f"| {row['source']} | {row['text']} | {verdict} |")
    return [f"{kept} of {len(rows)} keep the meaning.", "", *table, "", origin(result["origin"])]
