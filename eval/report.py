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

from eval.tables import ner_tables, rerank_table, search_speed_table, search_table
from samovar.figures.provenance import RESULTS
from samovar.settings import ROOT

DOCUMENTS = ("README.md", "README.ru.md", "docs/REPORT.md", "docs/READING.md")
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

PARAPHRASERS = {
    "lexical": "synonyms replaced, no model",
    "greedy": "base model, greedy",
    "sampled": "base model, sampled",
    "few_shot": "base model, few-shot prompts, sampled",
    "prompt_tuned": "prompt tuning",
    "lora": "LoRA",
    "tool": "**the tool**: LoRA, and more drafts where it falls short",
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
    """Return the table of `eval/results/paraphrase-*.json`, the origins of its rows below."""
    wanted, size = result["wanted"], result["origin"]["size"]
    table = [
        f"| {size} commands | accepted, of {wanted} | 5 or more | of all drafts | self-BLEU | distinct-2 "
        "| PINC | similarity | entailed both ways | slots kept | seconds, median (most) |",
        "|---|" + "---:|" * 10,
    ]
    for name in (one for one in PARAPHRASERS if one in result["rows"]):
        found = result["rows"][name]["figures"]
        shares = (f"{found[key]:.0%}" for key in ("with_five_or_more", "acceptance_rate"))
        means = (_cell(found[key]) for key in ("self_bleu", "distinct_2", "pinc", "similarity"))
        kept = (f"{found[key]:.0%}" for key in ("two_way_entailment", "slots_kept"))
        cells = (f"{found['accepted_per_command']:.2f}", *shares, *means, *kept)
        seconds = f"{found['seconds_median']:.1f} ({found['seconds_most']:.1f})"
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
        origin = row.get("origin", result["origin"])
        said = PARAPHRASERS[name].replace("*", "").partition(":")[0]
        runs.setdefault(_origin(origin), []).append(said)
    if len(runs) == 1:
        return list(runs)
    return [f"- {'; '.join(names)}: {said}" for said, names in runs.items()]


def _equal(found: dict[str, Any]) -> str:
    said = (
        f"{name} {found[key][0]:.2f} against {found[key][1]:.2f}"
        for key, name in (("self_bleu", "self-BLEU"), ("distinct_2", "distinct-2"))
    )
    return (
        "Of as many variants of each (more are always more alike; "
        f"{found['commands']} commands have two of both): {', '.join(said)}."
    )


def reading(result: dict[str, Any]) -> list[str]:
    """Return the list of `eval/results/reading-*.json` with the reader's verdicts."""
    rows = result["variants"]
    kept = sum(row["keeps"] is True for row in rows)
    table = ["| request | accepted variant | keeps the meaning |", "|---|---|---|"]
    for row in rows:
        verdict = {True: "yes", False: f"**no**: {row['why']}", None: "not read"}[row["keeps"]]
        table.append(f"| {row['source']} | {row['text']} | {verdict} |")
    return [f"{kept} of {len(rows)} keep the meaning.", "", *table, "", _origin(result["origin"])]


def entailment(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/entailment.json`, its origin below."""
    table = [
        "| held-out set | pairs | accuracy (95 %) | macro-F1 | ECE | most frequent label | cosine alone "
        "| precision and recall of entailment at the validator's line | contradiction of both directions "
        "or neither |",
        "|---|---:|---:|---:|---:|---:|---:|---|---:|",
    ]
    for name, row in result["sets"].items():
        low, high = row["interval"]
        table.append(
            f"| {name.replace('_', ' ')} | {row['size']} | {row['accuracy']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {row['macro_f1']:.3f} | {row['ece']:.3f} | {row['majority']:.3f} "
            f"| {row['cosine_alone']:.3f} | {row['line'][0]:.2f}, {row['line'][1]:.2f} "
            f"| {format(row['both_ways'], '.3f') if 'both_ways' in row else ''} |"
        )
    pooled = f"ECE over all pairs {result['ece']:.3f}."
    return [*table, "", f"{pooled} {_origin(result['origin'])}"]


def detector(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/detector.json`, its origin below."""
    table = [
        "| validator | accuracy on MRPC val (95 %) | precision | recall "
        "| average precision on PAWS-X dev, held-out half |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, row in result["rows"].items():
        low, high = row["mrpc_val"]["interval"]
        table.append(
            f"| {name.replace('_', ' ')} | {row['mrpc_val']['accuracy']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {row['mrpc_val']['precision']:.3f} | {row['mrpc_val']['recall']:.3f} "
            f"| {row['pawsx_held_out']['average_precision']:.3f} |"
        )
    news, swapped = result["mrpc_val"], result["pawsx_held_out"]
    table.append(
        f"| similarity alone | {news['similarity_alone']:.3f} | | | {swapped['similarity_alone']:.3f} |"
    )
    table.append(f"| most frequent label | {news['majority']:.3f} | | | |")
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


def search(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/search.json`, its origin below."""
    return [*search_table.search(result), _origin(result["origin"])]


def search_short(result: dict[str, Any]) -> list[str]:
    """Return one line a set of `eval/results/search.json`."""
    return [*search_table.short(result), _origin(result["origin"])]


def rerank_weight(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/rerank-weight.json`, its origin below."""
    return [*rerank_table.rerank_weight(result), _origin(result["origin"])]


def search_speed(result: dict[str, Any]) -> list[str]:
    """Return the tables of `eval/results/search-speed.json`, the origin below."""
    return [*search_speed_table.search_speed(result), _origin(result["origin"])]


def vector_speed(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/vector-speed.json`, the origin below."""
    return [*search_speed_table.vector_speed(result), _origin(result["origin"])]


TABLES: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "speed": speed,
    "paraphrase-en": paraphrase,
    "paraphrase-ru": paraphrase,
    "reading-en": reading,
    "reading-ru": reading,
    "entailment": entailment,
    "detector": detector,
    "intents": intents,
    "search": search,
    "search-short": search_short,
    "search-speed": search_speed,
    "vector-speed": vector_speed,
    "rerank-weight": rerank_weight,
    "ner-en": lambda result: ner_tables.table(result, "en", _origin),
    "ner-ru": lambda result: ner_tables.table(result, "ru", _origin),
    "ner-rules": ner_tables.rules,
    "ner-natasha": ner_tables.natasha,
    "ner-schemes": ner_tables.schemes,
    "distillation": lambda result: ner_tables.distillation(result, _origin),
    "prompts": lambda result: ner_tables.prompts(result, _origin),
}
"""Name of a table → what draws it from its result."""
RESULT = {
    "search-short": "search",
    **dict.fromkeys(("ner-en", "ner-ru", "ner-rules", "ner-natasha", "ner-schemes"), "ner"),
}
"""Table → its result, where that has another name."""


def filled(text: str, results: Path = RESULTS) -> str:
    """Return `text` with every marked table drawn again; one without a result is left alone.

    Raises:
        KeyError: a marker names a table that nothing draws.
    """

    def drawn(match: re.Match[str]) -> str:
        draw = TABLES[match[2]]
        path = results / f"{RESULT.get(match[2], match[2])}.json"
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
