"""The table of `eval/results/rerank-weight.json`."""

from __future__ import annotations

from typing import Any

NAMES = {
    "squad": "SQuAD",
    "xquad_en": "XQuAD, English",
    "xquad_ru": "XQuAD, Russian",
    "xquad_ru_en": "XQuAD, asked in Russian, written in English",
    "xquad_en_ru": "XQuAD, asked in English, written in Russian",
    "bbc": "BBC headlines and articles",
    "nerel": "NEREL headlines and articles, Russian",
    "headlines_ru": "headlines that say the same, Russian",
    "truthfulqa": "TruthfulQA, best answers",
    "piqa": "PIQA, right ways",
    "openbookqa": "OpenBookQA, right choices",
    "arc": "ARC Challenge, right choices",
    "banking77": "BANKING77, messages of the same intent",
}
ALONE = "alone"


def rerank_weight(result: dict[str, Any]) -> list[str]:
    """Return one line a development set: nDCG@10 with every weight, a significant loss marked."""
    weights = list(result["mean"])
    labels = [_label(weight, result["chosen"]) for weight in weights]
    table = [
        f"| nDCG@10 (documents, questions) | {' | '.join(labels)} |",
        "|---|" + "---:|" * len(weights),
    ]
    for name, row in result["sets"].items():
        cells = [_cell(row, weight) for weight in weights]
        sizes = f"({row['documents']:,}, {row['queries']:,})"
        table.append(f"| {NAMES[name]} {sizes} | {' | '.join(cells)} |")
    means = " | ".join(f"{value:.3f}" for value in result["mean"].values())
    said = (
        f"{result['reranker']} reads the best {result['read']} of {result['encoder']} joined with BM25. "
        "A star: significantly worse than without it (p < 0.05)."
    )
    return [*table, f"| mean | {means} |", "", said]


def _label(weight: str, chosen: float) -> str:
    if weight == ALONE:
        return "cross-encoder alone"
    said = "not reranked" if float(weight) == 0 else f"weight {float(weight):g}"
    return f"**{said}**" if float(weight) == chosen else said


def _cell(row: dict[str, Any], weight: str) -> str:
    test = row["compared"].get(weight)
    star = "*" if test and test["loses"] else ""
    return f"{row['ndcg_10'][weight]:.3f}{star}"
