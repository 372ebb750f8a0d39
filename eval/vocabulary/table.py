"""The tables of `eval/results/tokenizer-*.json`."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any

STARTS = {
    "unextended": "not extended",
    "mean": "mean of pieces",
    "library": "library's default",
    "random": "random",
    "similar": "mix of words used alike",
}
STAGES = {
    "start": "before training",
    "rows": "new rows",
    "matrix": "+ matrix",
    "attention": "+ LoRA on attention",
    "layers": "+ LoRA on MLP",
    "adapter": "new rows, LoRA at once",
}


TRAINS = {
    "rows": "new rows",
    "matrix": "embedding and output layer",
    "attention": "LoRA on attention",
    "layers": "LoRA on attention and MLP",
}


def material(result: Mapping[str, Any]) -> list[str]:
    """Return one line a text: how long it is, and its tokens in both vocabularies."""
    texts, tokens = result["texts"], result["tokens"]
    return [
        f"{len(result['terms'])} terms, {len(result['listed'])} of them listed by the data set, become "
        f"{result['entries']} entries. {texts['training_characters']:,} characters may train; "
        f"{texts['repeated_sentences_left_out']:,} sentences that nearly repeat them do not measure. "
        f"Losses are measured on {texts['measured_domain_characters']:,} characters of the domain and "
        f"{texts['measured_general_characters']:,} of general text, gaps on {texts['gaps']} sentences, "
        f"anchors on {texts['anchored_terms']} terms.",
        "",
        "| text | characters | tokens before | tokens after | saved, % |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {title} | {own['characters']:,} | {own['before']:,} | {own['after']:,} "
            f"| {_shown(own['saved_percent'], 1)} |"
            for title, own in (("domain", tokens["domain"]), ("general", tokens["general"]))
        ),
        "",
    ]


def picture(name: str) -> Callable[[Mapping[str, Any]], list[str]]:
    """Return what shows the figure of the result `name`."""
    return lambda result: [
        f"![Four measures of {len(result['states'])} states](../assets/plots/{name}.png)"
    ]


def costs(result: Mapping[str, Any]) -> list[str]:
    """Return one line a stage: what it trains from where, on how much text, in what time."""
    lines = [
        "| stage | goes on from | trains | learning rate | steps | characters read | seconds |",
        "|---|---|---|---:|---:|---:|---:|",
        *(
            f"| {_stage({'stage': one['name']})} | {_stage({'stage': one['after']})} "
            f"| {TRAINS[one['trains']]} | {one['learning_rate']:g} | {one['steps']:.0f} "
            f"| {one['characters']:,.0f} | {one['seconds']:.0f} |"
            for one in result["stages"]
        ),
        "",
        f"Seconds are means over all states of the stage, with {result['precision']} products.",
        "",
    ]
    proofs = result["proofs"]
    if proofs:
        largest = max(one["difference"] for one in proofs)
        tied = sum(one["tied"] for one in proofs)
        lines += [
            f"{len(proofs)} states were merged, saved and loaded again: {tied} have one matrix for "
            f"embedding and output layer, and the largest difference of a logit is {largest:g}.",
            "",
        ]
    return lines


def samples(result: Mapping[str, Any]) -> list[str]:
    """Return what each state that wrote samples wrote, by prompt."""
    prompts = list(dict.fromkeys(one["prompt"] for one in result["samples"]))
    lines = []
    for prompt in prompts:
        lines += [f"*{prompt}*", ""]
        for one in result["samples"]:
            if one["prompt"] == prompt:
                written = " ".join(one["written"].split())
                lines.append(f"- {_start(one['start'])}, {_stage(one)}: {html.escape(written)}")
        lines.append("")
    return lines


def stages(result: Mapping[str, Any]) -> list[str]:
    """Return one line a state: losses per character, what was forgotten, anchors, gaps."""
    return [
        "| stage | new rows begin as | domain, nats a character | general text, change in % "
        "| nearer to own anchors | gaps, mean reciprocal rank | median rank among all tokens |",
        "|---|---|---:|---:|---:|---:|---:|",
        *(
            f"| {_stage(row)} | {_start(row['start'])} | {_shown(row['domain'], 4)} "
            f"| {_shown(row['general_change_percent'], 2)} | {_shown(row['margin'], 3)} "
            f"| {_shown(row['reciprocal_rank'], 3)} | {_rank(row['median_rank'])} |"
            for row in result["states"]
        ),
        "",
    ]


def compared(result: Mapping[str, Any]) -> list[str]:
    """Return one line a stage and rival: by how much the first start differs from it."""
    return [
        "| stage | first | second | domain loss, % | general loss, % | gaps, reciprocal rank |",
        "|---|---|---|---:|---:|---:|",
        *(
            f"| {_stage(row)} | {_start(row['first'])} | {_start(row['second'])} "
            f"| {_shown(row['domain_percent'], 2)} | {_shown(row['general_percent'], 2)} "
            f"| {_shown(row['reciprocal_rank'], 3)} |"
            for row in result["compared"]
        ),
        "",
    ]


def _stage(row: Mapping[str, Any]) -> str:
    name = str(row["stage"])
    return STAGES.get(name, name)


def _start(name: str) -> str:
    return STARTS.get(name, name)


def _shown(value: Mapping[str, float], digits: int) -> str:
    middle, low, high = (f"{value[key]:.{digits}f}" for key in ("value", "low", "high"))
    return f"{middle} ({low} to {high})"


def _rank(rank: float | None) -> str:
    return "" if rank is None else f"{rank:,.0f}"
