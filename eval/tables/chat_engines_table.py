"""The tables of `eval/results/chat-pace.json` and `chat-weights.json`."""

from __future__ import annotations

from typing import Any

COLUMNS = {
    "one_chat": ("one chat", "{:.1f}"),
    "eight_chats": ("eight chats", "{:.1f}"),
    "one_copying": ("one, repeating its prompt", "{:.1f}"),
    "reading": ("reading", "{:.0f}"),
    "first_seconds": ("first word, s", "{:.2f}"),
}
"""Measured case → its head and how its median is printed; all but the last are tokens per second."""
NAMES = {
    "served": "**as it serves**",
    "awake": "threads wait for each other awake",
    "asleep": "threads fall asleep at once",
    "mapped": "the file mapped into memory",
    "as-filed": "the file mapped, weights not reordered",
    "lookup": "repetitions looked up (speculation)",
    "long-steps": "prompts read in steps of 2,048 tokens",
}


def pace(result: dict[str, Any]) -> list[str]:
    """Return the table of the variants and what it is about; its origin follows."""
    heads = [head for head, _ in COLUMNS.values()]
    table = [f"| llama.cpp | {' | '.join(heads)} | memory, MB |", "|---|" + "---:|" * 6]
    for variant, row in result["rows"].items():
        cells = [form.format(row["medians"][case]) for case, (_, form) in COLUMNS.items()]
        cells.append(str(row["memory"]["resident"]))
        table.append(f"| {NAMES[variant]} | {' | '.join(cells)} |")
    served = result["rows"]["served"]["medians"]
    ratio = served["eight_chats"] / served["one_chat"]
    what = (
        f"{result['model']}, {result['tokens']} new tokens a reply, tokens/s unless said otherwise, "
        f"medians of {result['repeats']}; eight chats write {ratio:.1f} times what one does."
    )
    return [*table, "", what]


def weights(result: dict[str, Any]) -> list[str]:
    """Return the table of perplexities; its origin follows."""
    table = ["| weights | perplexity | same next word |", "|---|---:|---:|"]
    table.append(f"| transformers, dequantised, fp32 | {result['transformers']:.3f} | |")
    same = f"{100 * result['same_best']:.1f} %"
    table.append(f"| llama.cpp, the file as it is | {result['llamacpp']:.3f} | {same} |")
    what = (
        f"{result['model']}, {result['places']} tokens of {result['texts']} texts, "
        "English and Russian."
    )
    return [*table, "", what]
