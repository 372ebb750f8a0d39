"""The table of `eval/results/memory.json`."""

from __future__ import annotations

from typing import Any

from eval.tables.origin import origin

STEPS = {
    "start": "Python",
    "page": "the page is served",
    "warm": "what first answers wait for is loaded",
    "paraphrase": "Paraphrase",
    "search": "Search",
    "search-rerank": "Search, mode `rerank`",
    "ner-en": "Names, English, all taggers",
    "ner-ru": "Names, Russian, all taggers",
    "tokenizer": "Tokenizer",
    "character": "Character",
    "marketing": "Marketing",
}


def memory(result: dict[str, Any]) -> list[str]:
    """Return what the hub holds after each step in both variants, in MB, its origin below."""
    table = ["| after | with Qwen | of it anonymous | small models only | of it anonymous |"]
    table.append("|---|---:|---:|---:|---:|")
    columns = [
        {step["step"]: step for step in result["variants"][name]["steps"]}
        for name in ("large", "light")
    ]
    for step, label in STEPS.items():
        cells = [f"{row[step][key]:,}" for row in columns for key in ("resident", "anonymous")]
        table.append(f"| {label} | {' | '.join(cells)} |")
    return [*table, "", f"MB in memory. {origin(result['origin'])}"]
