"""The tables of `eval/results/search.json`."""

from __future__ import annotations

from typing import Any

NAMES = {
    "encyclopedia_en": "our encyclopedia, English questions",
    "encyclopedia_ru": "our encyclopedia, Russian questions",
    "xquad_en": "XQuAD, English",
    "xquad_ru": "XQuAD, Russian",
    "xquad_ru_en": "XQuAD, asked in Russian, written in English",
    "xquad_en_ru": "XQuAD, asked in English, written in Russian",
    "xquad_ru_both": "XQuAD, asked in Russian, written in both",
    "xquad_ru_filter": "the same behind the filter language = en",
    "stackfaq": "StackFAQ",
    "covid_faq": "COVID FAQ",
    "npl": "NPL",
    "cisi": "CISI",
}
ROWS = {
    "bm25": "BM25",
    "base": "encoder, before",
    "tuned": "encoder, tuned",
    "hybrid": "**encoder and BM25 joined**",
    "rerank": "joined, then a cross-encoder",
}
METRICS = ("recall_1", "recall_5", "recall_10", "mrr_10", "ndcg_10", "map")
FULL = 384


def search(result: dict[str, Any]) -> list[str]:
    """Return the lines of both tables, without their origin."""
    table = [
        "| set (documents, questions) | ranking | recall@1 | @5 | @10 | MRR@10 | nDCG@10 (95 %) | MAP@100 "
        "| nDCG@10 compared with …: questions better, questions worse, p |",
        "|---|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for name, measured in result["sets"].items():
        label = f"{NAMES[name]} ({measured['documents']:,}, {measured['queries']:,})"
        for row, figures in measured["rows"].items():
            cells = [_cell(figures[metric], metric == "ndcg_10") for metric in METRICS]
            said = _compared(row, measured["compared"])
            ranking = f"{ROWS[row]}{_sample(row, measured)}"
            table.append(f"| {label} | {ranking} | {' | '.join(cells)} | {said} |")
            label = ""
    reranker = _reranker(result)
    tuned = result["tuned"] or "not measured"
    said = f"Encoder before {result['base']}, tuned: {tuned}, cross-encoder: {reranker}."
    return [*table, "", said, "", *shortened(result)]


def short(result: dict[str, Any]) -> list[str]:
    """Return one line a set: recall@1 and nDCG@10 of every row, the best of each in bold."""
    rows = [
        row for row in ROWS if any(row in measured["rows"] for measured in result["sets"].values())
    ]
    labels = [ROWS[row].replace("**", "") for row in rows]
    table = [f"| recall@1 · nDCG@10 | {' | '.join(labels)} |", "|---|" + "---:|" * len(rows)]
    for name, measured in result["sets"].items():
        whole = [row for row in measured["rows"] if not _sample(row, measured)]
        best = max(measured["rows"][row]["ndcg_10"]["value"] for row in whole)
        cells = []
        for row in rows:
            figures = measured["rows"][row]
            first, gain = (figures[metric]["value"] for metric in ("recall_1", "ndcg_10"))
            bold = gain == best and row in whole
            said = f"**{gain:.3f}**" if bold else f"{gain:.3f}"
            cells.append(f"{first:.3f} · {said}{_sample(row, measured)}")
        table.append(f"| {NAMES[name]} | {' | '.join(cells)} |")
    return [*table, ""]


def shortened(result: dict[str, Any]) -> list[str]:
    """Return the table of nDCG@10 with the first numbers of each vector only, mean over the sets."""
    sets = list(result["sets"].values())
    lengths = [name.split()[1] for name in sets[0]["shortened"] if name.startswith("base ")]
    table = [
        f"| nDCG@10, mean of {len(sets)} sets | all {FULL} numbers | "
        + " | ".join(f"the first {length}" for length in lengths)
        + " |",
        "|---|" + "---:|" * (1 + len(lengths)),
    ]
    for row in (row for row in ("base", "tuned") if row in sets[0]["rows"]):
        values = [[one["rows"][row]["ndcg_10"]["value"] for one in sets]]
        values += [[one["shortened"][f"{row} {length}"] for one in sets] for length in lengths]
        cells = " | ".join(f"{sum(each) / len(each):.3f}" for each in values)
        table.append(f"| {ROWS[row]} | {cells} |")
    return table


def _reranker(result: dict[str, Any]) -> str:
    if not result["reranker"]:
        return "none in this profile"
    return f"{result['reranker']}, {result['reranker_ms']:.1f} ms a text"


def _sample(row: str, measured: dict[str, Any]) -> str:
    """Return on how many questions alone `row` was measured, and the joined ranking on the same ones."""
    sampled = measured.get("sampled")
    if row != "rerank" or not sampled:
        return ""
    joined = sampled["hybrid"]["ndcg_10"]["value"]
    return f" ({sampled['queries']:,} questions, joined {joined:.3f} on them)"


def _cell(figure: dict[str, Any], interval: bool) -> str:
    if not interval:
        return f"{figure['value']:.3f}"
    low, high = figure["interval"]
    return f"{figure['value']:.3f} ({low:.3f} to {high:.3f})"


def _compared(row: str, tests: dict[str, Any]) -> str:
    """Return `BM25: 30, 2, 0.0001; encoder, tuned: 5, 6, 0.7000` of what `row` is tested against."""
    said = []
    for pair, test in tests.items():
        new, _, old = pair.partition(" - ")
        if new == row:
            said.append(f"{ROWS[old]}: {test['wins']}, {test['losses']}, {test['p']:.4f}")
    return "; ".join(said).replace("**", "")
