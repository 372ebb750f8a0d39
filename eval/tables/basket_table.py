"""The tables of `eval/results/basket-*.json`."""

from __future__ import annotations

from typing import Any

NAMES = {
    "answer": "answer from a passage",
    "absent": "the passage does not tell",
    "reword": "reword",
    "simplify": "simplify",
    "facts": "text from facts",
    "open": "everyday question",
    "persona": "persona",
    "format": "form",
    "all": "all",
}
HABITS = {
    "wrong_language": "in another language",
    "endless": "going round in circles",
    "cut": "ended by the limit",
}
SIDES = {"base": "base", "adapter": "with adapter"}
LANGUAGES = {"en": "English", "ru": "Russian", "all": "both"}
OVERLAPS = {"f1": "F1", "chrf": "chrF"}
NONE = "–"


def basket(result: dict[str, Any]) -> list[str]:
    """Return one line a task, then what the replies of each side were like."""
    rows = {(row["task"], row["language"]): row for row in result["rows"]}
    table = [
        "| checks passed, base → with adapter | prompts | English | Russian | both | "
        "difference (95 %) | p | overlap |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for task, name in NAMES.items():
        if (task, "all") in rows:
            found = [rows.get((task, language)) for language in ("en", "ru", "all")]
            table.append(_line(name, found, overlap=task != "all"))
    return [*table, "", *_habits(result), "", _told(result)]


def _line(name: str, found: list[dict[str, Any] | None], overlap: bool) -> str:
    both = found[-1]
    assert both is not None
    passed = both["passed"]
    cells = (
        name,
        passed["size"],
        *(_moved(row["passed"]) if row else NONE for row in found),
        _span(passed),
        f"{passed['compared']['p']:.3f}",
        _overlap(both) if overlap else NONE,
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def _overlap(row: dict[str, Any]) -> str:
    """Return F1 of answers, else chrF, with the interval of the difference."""
    named = ((said, row[name]) for name, said in OVERLAPS.items() if row[name])
    return next((f"{said} {_moved(pair)}, {_span(pair)}" for said, pair in named), NONE)


def _moved(pair: dict[str, Any]) -> str:
    return f"{pair['base']:.2f} → {pair['adapter']:.2f}"


def _span(pair: dict[str, Any]) -> str:
    moved = pair["compared"]["difference"]
    return f"{moved['value']:+.2f} ({moved['low']:+.2f} to {moved['high']:+.2f})"


def _habits(result: dict[str, Any]) -> list[str]:
    named = " | ".join(HABITS.values())
    head = f"| share of replies | language | {named} | repeated 4-grams | tokens a reply |"
    rows = [
        f"| {SIDES[side['side']]} | {LANGUAGES[side['language']]} | "
        + " | ".join(f"{side[name]:.2f}" for name in HABITS)
        + f" | {side['repeated']:.2f} | {side['tokens']:.0f} |"
        for side in result["sides"]
        if side["language"] != "all"
    ]
    return [head, "|---|---|" + "---:|" * (len(HABITS) + 2), *rows]


def _told(result: dict[str, Any]) -> str:
    base, adapter = (result["seconds"][side] for side in SIDES)
    return (
        f"{result['title']} and its adapter {result['adapter']}, engine {result['engine']}, greedy; "
        f"all prompts in one batch, {base} s and {adapter} s. Difference: adapter − base, paired "
        "bootstrap; p of a paired permutation test, not corrected for the number of rows."
    )
