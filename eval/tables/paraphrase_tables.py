"""The tables of paraphrases: what passes the checks, and what an annotator says of it."""

from __future__ import annotations

from typing import Any

from eval.tables.origin import origin

PARAPHRASERS = {
    "lexical": "synonyms replaced, no model",
    "greedy": "base model, greedy",
    "sampled": "base model, sampled",
    "few_shot": "base model, few-shot prompts, sampled",
    "prompt_tuned": "prompt tuning",
    "lora": "LoRA",
    "tool": "**the tool**: LoRA, and more drafts where it falls short",
}


def paraphrase(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/paraphrase-*.json`, the origins of its rows below."""
    wanted, size = result["wanted"], result["origin"]["size"]
    table = [
        f"| {size} commands | accepted, of {wanted} | commands with 5 or more | drafts accepted "
        "| self-BLEU | distinct-2 | PINC | similarity | drafts entailed both ways "
        "| drafts that keep the slots | seconds, median (maximum) |",
        "|---|" + "---:|" * 10,
    ]
    for name in (name for name in PARAPHRASERS if name in result["rows"]):
        figures = result["rows"][name]["figures"]
        fractions = (f"{figures[key]:.0%}" for key in ("with_five_or_more", "acceptance_rate"))
        means = (_cell(figures[key]) for key in ("self_bleu", "distinct_2", "pinc", "similarity"))
        kept = (f"{figures[key]:.0%}" for key in ("two_way_entailment", "slots_kept"))
        cells = (f"{figures['accepted_per_command']:.2f}", *fractions, *means, *kept)
        seconds = f"{figures['seconds_median']:.1f} ({figures['seconds_most']:.1f})"
        table.append(" | ".join((f"| {PARAPHRASERS[name]}", *cells, seconds)) + " |")
    said = []
    if "times" in result:
        low, high = result["difference"]
        said = [
            f"The adapter gets {result['times']:.2f} times as many variants accepted as the sampled base "
            f"model: {low:.2f} to {high:.2f} more a command (95 %), p = {result['p']:.4f}. "
            + _equal(result["equal_numbers"])
        ]
    return [*table, "", *said, *_origins(result)]


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


def _equal(equal: dict[str, Any]) -> str:
    said = (
        f"{name} {equal[key][0]:.2f} against {equal[key][1]:.2f}"
        for key, name in (("self_bleu", "self-BLEU"), ("distinct_2", "distinct-2"))
    )
    return (
        "Of as many variants of each (more are always more alike; "
        f"{equal['commands']} commands have two of both): {', '.join(said)}."
    )


def human_evaluation(result: dict[str, Any]) -> list[str]:
    """Return the list of `eval/results/human-evaluation-*.json` with the annotator's verdicts."""
    rows = result["variants"]
    kept = sum(row["keeps"] is True for row in rows)
    table = ["| request | accepted variant | keeps the meaning |", "|---|---|---|"]
    for row in rows:
        verdict = {True: "yes", False: f"**no**: {row['why']}", None: "not read"}[row["keeps"]]
        table.append(f"| {row['source']} | {row['text']} | {verdict} |")
    return [f"{kept} of {len(rows)} keep the meaning.", "", *table, "", origin(result["origin"])]
