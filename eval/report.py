"""Write the tables of `eval/results/*.json` between the markers of the documents.

    <!-- table: speed -->
    (replaced)
    <!-- /table -->

`make report` writes; `python -m eval.report --check` only tells whether a table is out of date.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.provenance import RESULTS
from samovar.settings import ROOT

DOCUMENTS = ("README.md", "README.ru.md", "docs/REPORT.md")
MARKED = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- /table -->)", re.DOTALL)
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
    return [*table, "", f"{what}, medians of {count}. {_origin(result['origin'])}"]


def paraphrase(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/paraphrase.json`, its origin below."""
    wanted, size = result["wanted"], result["origin"]["size"]
    rows = (
        (
            "commands with 4 or more accepted variants",
            f"{result['commands_with_four_or_more']} of {size}",
        ),
        (
            f"accepted variants a command (at most {wanted})",
            f"{result['accepted_per_command']:.1f}",
        ),
        ("new n-grams of an accepted variant (PINC)", f"{result['mean_pinc']:.0%}"),
        ("seconds a command, median", f"{result['seconds_median']:.1f}"),
        ("seconds a command, most", f"{result['seconds_most']:.1f}"),
    )
    table = ["| what | value |", "|---|---:|", *(f"| {what} | {value} |" for what, value in rows)]
    return [*table, "", _origin(result["origin"])]


def entailment(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/entailment.json`, its origin below."""
    table = [
        "| held-out set | pairs | accuracy (95 %) | macro-F1 | ECE | most frequent label | cosine alone |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, row in result["sets"].items():
        low, high = row["interval"]
        table.append(
            f"| {name.replace('_', ' ')} | {row['size']} | {row['accuracy']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {row['macro_f1']:.3f} | {row['ece']:.3f} | {row['majority']:.3f} "
            f"| {row['cosine_alone']:.3f} |"
        )
    pooled = f"ECE over all pairs {result['ece']:.3f}."
    return [*table, "", f"{pooled} {_origin(result['origin'])}"]


def detector(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/detector.json`, its origin below."""
    table = [
        "| validator | accuracy on MRPC val (95 %) | average precision on PAWS-X dev, held-out half |",
        "|---|---:|---:|",
    ]
    for name, row in result["rows"].items():
        low, high = row["mrpc_val"]["interval"]
        table.append(
            f"| {name.replace('_', ' ')} | {row['mrpc_val']['accuracy']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {row['pawsx_held_out']['average_precision']:.3f} |"
        )
    news, swapped = result["mrpc_val"], result["pawsx_held_out"]
    table.append(
        f"| similarity alone | {news['similarity_alone']:.3f} | {swapped['similarity_alone']:.3f} |"
    )
    table.append(f"| most frequent label | {news['majority']:.3f} | |")
    return [*table, "", _origin(result["origin"])]


def intents(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/intents.json`, its origin below."""
    table = [
        "| held-out half of CLINC150's validation part | texts | value (95 %) |",
        "|---|---:|---:|",
    ]
    for name, texts, label in (
        ("accuracy", "texts", "accuracy over 150 intents"),
        ("out_of_scope_recall", "out_of_scope_texts", "out-of-scope texts recognised as such"),
    ):
        low, high = result[f"{name}_interval"]
        table.append(
            f"| {label} | {result[texts]} | {result[name]:.3f} ({low:.3f} to {high:.3f}) |"
        )
    return [*table, "", _origin(result["origin"])]


TABLES: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "speed": speed,
    "paraphrase": paraphrase,
    "entailment": entailment,
    "detector": detector,
    "intents": intents,
}
"""Name of a result → what draws its table."""


def filled(text: str, results: Path = RESULTS) -> str:
    """Return `text` with every marked table drawn again; one without a result is left alone.

    Raises:
        KeyError: a marker names a table that nothing draws.
    """

    def drawn(match: re.Match[str]) -> str:
        draw = TABLES[match[2]]
        path = results / f"{match[2]}.json"
        if not path.is_file():
            return match[0]
        lines = draw(json.loads(path.read_text(encoding="utf-8")))
        return match[1] + "\n".join(lines) + "\n" + match[3]

    return MARKED.sub(drawn, text)


def main(argv: Sequence[str] | None = None) -> int:
    """Write or check every document and return the exit code."""
    parser = argparse.ArgumentParser("python -m eval.report", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 when outdated")
    check = parser.parse_args(argv).check
    outdated = 0
    for path in (ROOT / name for name in DOCUMENTS if (ROOT / name).is_file()):
        text = path.read_text(encoding="utf-8")
        new = filled(text)
        if new == text:
            continue
        outdated += 1
        print(f"{path.relative_to(ROOT)}: {'outdated' if check else 'written'}", file=sys.stderr)
        if not check:
            path.write_text(new, encoding="utf-8")
    return 1 if check and outdated else 0


def _origin(origin: dict[str, Any]) -> str:
    libraries = ", ".join(f"{name} {found}" for name, found in origin["libraries"].items())
    return (
        f"`{origin['command']}` at {origin['commit']}, seed {origin['seed']}, "
        f"{origin['hardware']}, {libraries}, {origin['wall_seconds']} s."
    )


if __name__ == "__main__":
    raise SystemExit(main())
