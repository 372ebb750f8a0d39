"""The table of `eval/results/speed.json`."""

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
