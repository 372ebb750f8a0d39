"""The tables of the paraphrase validator: its entailment model, its score, its intents."""

from __future__ import annotations

from typing import Any

from eval.tables.origin import origin

SETS = {
    "snli_cad_dev": "SNLI-CAD dev",
    "sick_trial": "SICK trial",
    "med_heldout": "MED, held out",
    "xnli_en_heldout": "XNLI, English, held out",
    "xnli_ru_heldout": "XNLI, Russian, held out",
    "ru_wanli_heldout": "ru_wanli, held out",
    "terra_heldout": "TERRa, held out",
    "rcb_val": "RCB validation",
    "requests_heldout": "requests, held out",
}
"""Evaluation set of the entailment model → what the table calls it."""


def entailment(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/entailment.json`, its origin below."""
    table = [
        "| held-out set | pairs | accuracy (95 %) | macro-F1 | ECE | most frequent label | cosine alone "
        "| precision and recall of entailment at the validator's threshold "
        "| pairs where both directions or neither are a contradiction |",
        "|---|---:|---:|---:|---:|---:|---:|---|---:|",
    ]
    for name, row in result["sets"].items():
        low, high = row["interval"]
        table.append(
            f"| {SETS.get(name, name)} | {row['size']} | {row['accuracy']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {row['macro_f1']:.3f} | {row['ece']:.3f} | {row['majority']:.3f} "
            f"| {row['cosine_alone']:.3f} | {row['line'][0]:.2f}, {row['line'][1]:.2f} "
            f"| {format(row['both_ways'], '.3f') if 'both_ways' in row else ''} |"
        )
    pooled = f"ECE over all pairs {result['ece']:.3f}."
    return [*table, "", f"{pooled} {origin(result['origin'])}"]


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
    return [*table, "", origin(result["origin"])]


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
    return [*table, "", origin(result["origin"])]
