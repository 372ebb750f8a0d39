"""The tables of `eval/results/speed.json` and `memory.json`: what the engines of the machine cost."""

from __future__ import annotations

from typing import Any

from eval.tables.origin import origin

NAMES = {
    "one_chat": ("one chat", "tokens/s"),
    "eight_chats": ("eight chats at once, in all", "tokens/s"),
    "first_token_seconds": ("first token of a warm chat", "s"),
    "transformers_float32": ("one chat, transformers fp32", "tokens/s"),
    "transformers_bfloat16": ("one chat, transformers bf16", "tokens/s"),
    "eight_to_one": ("eight chats to one", "times"),
    "one_to_transformers": ("one chat to the better transformers", "times"),
}

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


def speed(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/speed.json`, its origin below."""
    rows = {**result["medians"], **{name: result[name] for name in list(NAMES)[-2:]}}
    table = ["| what | median | unit |", "|---|---:|---|"]
    for name, value in rows.items():
        label, unit = NAMES[name]
        table.append(f"| {label} | {value:.2f} | {unit} |")
    count = len(result["values"]["one_chat"])
    what = f"{result['model']} on {result['engine']}, {result['tokens']} new tokens a reply"
    return [*table, "", f"{what}, medians of {count}. {origin(result['origin'])}"]


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
