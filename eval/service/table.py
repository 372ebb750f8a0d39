"""The table of `eval/results/service.json`: many clients beside one, and clients that leave."""

from __future__ import annotations

from typing import Any


def service(result: dict[str, Any]) -> list[str]:
    """Return speed by model, then what went wrong and how soon places were free."""
    columns = ("model", "clients", "turns", "first words, s p50", "p95", "tokens/s of a reply p50")
    table = ["| " + " | ".join((*columns, "tokens/s in all")) + " |", "|---|" + "---:|" * 6]
    for model in result["models"]:
        for clients, phase in ((1, "one"), (result["clients"], "many")):
            row = result[phase][model]
            first, rate = row["first_seconds"], row["rate"]
            cells = (first["p50"], first["p95"], rate["p50"], row["tokens_per_second"])
            shown = " | ".join(f"{cell:.2f}" if cell < 10 else f"{cell:.1f}" for cell in cells)
            table.append(f"| {model} | {clients} | {row['turns']} | {shown} |")
    return [*table, "", _faults(result), ""]


def _faults(result: dict[str, Any]) -> str:
    wrong, shares = result["faults"], result["shares"]
    crossed = sum(
        wrong[name] for name in ("foreign_words", "words_missing", "openings_with_other_facts")
    )
    left = result["left_milliseconds"]
    freed = " and ".join(
        f"{name}: {row['p50']:.0f} ms, at most {row['max']:.0f} ({row['count']} times)"
        for name, row in (("under load", left["under_load"]), ("quiet", left["quiet"]))
        if row["count"]
    )
    return (
        f"{result['clients']} clients for {result['many_seconds']} s: "
        f"{sum(wrong['errors'].values())} errors, {crossed} answers with signs of another client's; "
        f"{shares['fewest_turns']} to {shares['most_turns']} turns a client. "
        f"A client that had left freed its place after {freed}."
    )
