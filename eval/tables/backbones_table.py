"""The table of `eval/results/backbones.json`."""

from __future__ import annotations

from typing import Any

NAMES = {"fp32": "fp32", "bf16": "bf16", "nf4": "NF4, double quantisation (QLoRA)"}


def backbones(result: dict[str, Any]) -> list[str]:
    """Return one line a form of the frozen base."""
    forms = result["forms"]
    return [
        "| frozen base | tokens/s | to fp32 | most memory, MB |",
        "|---|---:|---:|---:|",
        *(
            f"| {NAMES[name]} | {form['tokens_per_second']:.1f} "
            f"| {form['tokens_per_second'] / forms['fp32']['tokens_per_second']:.2f} "
            f"| {form['peak_memory_mb']:,.0f} |"
            for name, form in forms.items()
        ),
        "",
    ]
