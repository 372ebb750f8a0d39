"""The table of `eval/results/instructions-*.json`."""

from __future__ import annotations

from typing import Any

NAMES = {
    "answer": "answers from a passage, F1",
    "absent": "says that the passage does not tell, share",
    "reword": "rewording, chrF",
    "simplify": "simplifying, chrF",
    "facts": "texts from facts, chrF",
    "all": "all",
}
LANGUAGES = {"en": "English", "ru": "Russian", "all": "both"}


def instructions(result: dict[str, Any]) -> list[str]:
    """Return one line a task and language."""
    rows = {(row["task"], row["language"]): row for row in result["rows"]}
    return [
        "| held-out part | language | cases | base | with adapter | difference (95 %) | p |",
        "|---|---|---:|---:|---:|---:|---:|",
        *(
            _line(NAMES[task], LANGUAGES[language], rows[task, language])
            for task in NAMES
            for language in LANGUAGES
            if (task, language) in rows
        ),
        "",
        f"{result['title']}, adapter {result['adapter']}, greedy.",
    ]


def _line(name: str, language: str, row: dict[str, Any]) -> str:
    moved, p = row["compared"]["difference"], row["compared"]["p"]
    span = f"{moved['value']:+.3f} ({moved['low']:+.3f} to {moved['high']:+.3f})"
    return (
        f"| {name} | {language} | {row['size']} | {row['base']:.3f} | {row['adapter']:.3f} "
        f"| {span} | {p:.4f} |"
    )
