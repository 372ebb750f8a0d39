"""The tables around paraphrases: the validator, the entailment model, the intents."""

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


PAIRS = {
    "test_en": "test pairs, English",
    "test_ru": "test pairs, Russian",
    "cases_en": "cases, English",
    "mrpc_val": "MRPC validation",
    "pawsx_dev": "PAWS-X dev",
}
"""Set of pairs of the validator → what its table calls it."""
VERIFIERS = {"small": "the small one alone", "both": "both"}
OWN = ("test_en", "test_ru", "cases_en")
"""Sets whose pairs have kinds."""


def entailment(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/entailment.json`, its origin below."""
    table = [
        "| held-out set | pairs | accuracy (95 %) | macro-F1 | ECE | most frequent label | cosine alone "
        "| pairs where both directions or neither are a contradiction |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, row in result["sets"].items():
        low, high = row["interval"]
        table.append(
            f"| {SETS.get(name, name)} | {row['size']} | {row['accuracy']:.3f} ({low:.3f} to {high:.3f}) "
            f"| {row['macro_f1']:.3f} | {row['ece']:.3f} | {row['majority']:.3f} "
            f"| {row['cosine_alone']:.3f} "
            f"| {format(row['both_ways'], '.3f') if 'both_ways' in row else ''} |"
        )
    pooled = f"ECE over all pairs {result['ece']:.3f}."
    return [*table, "", f"{pooled} {origin(result['origin'])}"]


def validator(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/validator.json` by set of pairs, its origin below."""
    table = [
        "| pairs | verifiers | how many | wrong accepted (95 %) | right refused (95 %) "
        "| accuracy (95 %) | average precision |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for name in (name for name in PAIRS if name in result["sets"]):
        for kind, title in VERIFIERS.items():
            row = result["sets"][name][kind]
            low, high = row["interval"]
            table.append(
                f"| {PAIRS[name]} | {title} | {row['pairs']} | {_rate(row['wrong_accepted'])} "
                f"| {_rate(row['right_refused'])} | {row['accuracy']:.3f} ({low:.3f} to {high:.3f}) "
                f"| {row['average_precision']:.3f} |"
            )
    pace = f"The small verifier reads {result['pairs_a_second']:.0f} pairs a second."
    return [*table, "", f"{pace} {origin(result['origin'])}"]


def validator_kinds(result: dict[str, Any]) -> list[str]:
    """Return the table of `eval/results/validator.json` by kind of pair, both verifiers asked."""
    missed = {name: result["sets"][name]["both"]["by_kind"] for name in OWN}
    table = [
        f"| kind of pair | {' | '.join(PAIRS[name] for name in OWN)} |",
        "|---|---:|---:|---:|",
    ]
    for kind in sorted({kind for kinds in missed.values() for kind in kinds}):
        cells = (_missed(missed[name].get(kind)) for name in OWN)
        table.append(f"| {kind.replace('_', ' ')} | {' | '.join(cells)} |")
    return [*table, "", origin(result["origin"])]


def _rate(rate: dict[str, float]) -> str:
    return f"{rate['value']:.1%} ({rate['low']:.1%} to {rate['high']:.1%})"


def _missed(counts: list[int] | None) -> str:
    """Return wrong decisions of all pairs; nothing where the set has no pair of the kind."""
    return f"{counts[0]}/{counts[1]}" if counts else ""


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
