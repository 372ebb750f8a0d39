"""The tables of `eval/results/search-speed.json` and `vector-speed.json`."""

from __future__ import annotations

from typing import Any

from eval.tables.search.quality import NAMES

ENGINES = {
    "samovar": "**Samovar (OpenVINO)**",
    "float32": "SentenceTransformer.encode, fp32",
    "bfloat16": "SentenceTransformer.encode, bf16",
}


def search_speed(result: dict[str, Any]) -> list[str]:
    """Return the lines of both tables of search-speed, without their origin."""
    lines = _encoding(result["encoding"])
    if "scripts" in result:
        lines += ["", *_scripts(result)]
    return [*lines, ""]


def _encoding(beside: dict[str, Any]) -> list[str]:
    sets = list(beside["recall_10"]["samovar"])
    heads = "".join(f" recall@10, {NAMES[name]} |" for name in sets)
    table = [f"| encoding | texts/s, median |{heads}", "|---|---:|" + "---:|" * len(sets)]
    for name, rate in beside["rates"].items():
        recalls = beside["recall_10"].get(name, {})
        cells = "".join(f" {recalls[dataset]:.3f} |" if recalls else " |" for dataset in sets)
        table.append(f"| {ENGINES[name]} | {rate:.1f} |{cells}")
    return table


def _scripts(result: dict[str, Any]) -> list[str]:
    scripts = result["scripts"]
    table = [
        f"| the two scripts, {result['passages']:,} passages | value |",
        "|---|---:|",
        f"| indexing, in all | {scripts['index_seconds']:.0f} s |",
        f"| indexing, passages/s | {scripts['passages_per_second']:.0f} |",
    ]
    for name, times in result["indexing_to_plain"].items():
        pace = result["beside"]["rates"][name]
        said = f"{times:.2f} times ({pace:.0f} texts/s in turns while indexing paused)"
        table.append(f"| indexing against encoding alone, {ENGINES[name]} | {said} |")
    for mode, times in scripts["query_ms"].items():
        said = f"{times['p50']:.1f} ms, {times['p95']:.1f} ms, {times['per_second']:.0f}/s"
        table.append(
            f"| a question with its encoding, {mode}: p50, p95, one after the other | {said} |"
        )
    return [
        *table,
        f"| the index on disk | {scripts['index_mb']:.0f} MB |",
        "",
        f"Vectors: {scripts['store']}.",
    ]


def vector_speed(result: dict[str, Any]) -> list[str]:
    """Return the lines of the table of vector-speed, without their origin."""
    table = [
        "| vectors | store | seconds to build | ms a question | questions/s | recall@10 | MB |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for row in result["stores"]:
        name = f"**{row['store']}** ({row['kind']})" if row["kind"] else row["store"]
        table.append(
            f"| {row['vectors']:,} | {name} | {row['build_seconds']:.1f} | {row['query_ms']:.2f} "
            f"| {row['per_second']:.0f} | {row['recall_10']:.3f} | {row['megabytes']:.0f} |"
        )
    return [*table, ""]
