"""The result of an experiment as it stands in eval/results: figures, comparisons, samples, proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.figures import statistics
from samovar.records import to_json
from training.tokenizer import figures
from training.tokenizer.figures import Row, Sizes
from training.tokenizer.material import Material, held_out, tokens
from training.tokenizer.plan import UNEXTENDED, TokenizerRecipe
from training.tokenizer.states import PROMPTS


def report(recipe: TokenizerRecipe, material: Material, rows: Sequence[Row]) -> dict[str, Any]:
    """Return all figures of `rows`, what was measured of every state."""
    held = held_out(material, recipe)
    sizes = Sizes(_lengths(held), _lengths(material.forgotten))
    found = figures.states(rows)
    first = recipe.starts[0]
    pairs = [(first, other) for other in (UNEXTENDED, *recipe.starts[1:])]
    return {
        "model": recipe.base,
        "domain": recipe.domain,
        "general": recipe.general,
        "part": recipe.part,
        "precision": recipe.training.precision,
        "terms": list(material.extension.terms),
        "listed": list(material.listed),
        "entries": len(material.extension.added),
        "tokens": {
            "domain": saved(material, material.domain.test),
            "general": saved(material, material.forgotten),
        },
        "texts": _texts(material, held),
        "stages": [_stage(recipe, name, rows) for name in _stages(rows)],
        "states": figures.summary(found, sizes),
        "compared": figures.compared(found, pairs),
        "seeds": [_seed(row, sizes) for row in rows],
        "samples": [
            {"start": row["start"], "stage": row["stage"], "prompt": prompt, "written": written}
            for row in rows
            for prompt, written in zip(PROMPTS, row["samples"], strict=False)
        ],
        "proofs": [
            {"start": row["start"], "stage": row["stage"], **row["proof"]}
            for row in rows
            if "proof" in row
        ],
    }


def saved(material: Material, texts: Sequence[str]) -> dict[str, Any]:
    """Return the tokens of `texts` in both vocabularies, and the percent saved with its interval."""
    before, after = tokens(material.plain, texts), tokens(material.grown, texts)

    def percent(cases: NDArray[np.int64]) -> float:
        return float(100 * (1 - after[cases].sum() / before[cases].sum()))

    return {
        "texts": len(texts),
        "characters": sum(map(len, texts)),
        "before": int(before.sum()),
        "after": int(after.sum()),
        "saved_percent": to_json(statistics.metric(len(texts), percent)),
    }


def told(result: Mapping[str, Any]) -> list[str]:
    """Return the figures as lines for a terminal."""
    domain = result["tokens"]["domain"]["saved_percent"]
    lines = [f"{len(result['terms'])} terms save {_shown(domain)} % of the tokens"]
    for row in result["states"]:
        lines.append(
            f"{row['stage']:10s} {row['start']:11s} domain {row['domain']['value']:.4f}"
            f"  general {row['general']['value']:.4f} ({_shown(row['general_change_percent'])} %)"
            f"  margin {row['margin']['value']:+.3f}  gaps {row['reciprocal_rank']['value']:.3f}"
        )
    for row in result["compared"]:
        lines.append(
            f"{row['stage']:10s} {row['first']} against {row['second']}:"
            f" domain {_shown(row['domain_percent'])} %, gaps {_shown(row['reciprocal_rank'], 3)}"
        )
    return lines


def _shown(value: Mapping[str, float], digits: int = 2) -> str:
    middle, low, high = (f"{value[name]:+.{digits}f}" for name in ("value", "low", "high"))
    return f"{middle} [{low}, {high}]"


def _texts(material: Material, held: Sequence[str]) -> dict[str, int]:
    domain = material.domain
    return {
        "training_sentences": len(domain.sentences),
        "training_characters": sum(map(len, domain.sentences)),
        "validation_characters": sum(map(len, domain.validation)),
        "test_characters": sum(map(len, domain.test)),
        "repeated_sentences_left_out": domain.repeated,
        "measured_domain_characters": sum(map(len, held)),
        "measured_general_characters": sum(map(len, material.forgotten)),
        "gaps": len(material.asked),
        "anchored_terms": len(material.anchors),
    }


def _stages(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row["stage"] for row in rows if "steps" in row))


def _stage(recipe: TokenizerRecipe, name: str, rows: Sequence[Row]) -> dict[str, Any]:
    """Return what a stage trains and what it took, means over its states."""
    stage = next(stage for stage in recipe.stages if stage.name == name)
    own = [row for row in rows if row["stage"] == name]
    means = {key: float(np.mean([row[key] for row in own])) for key in ("steps", "characters")}
    seconds = round(float(np.mean([row["training_seconds"] for row in own])), 1)
    return {**asdict(stage), **means, "seconds": seconds}


def _seed(row: Row, sizes: Sizes) -> dict[str, Any]:
    """Return the figures of one state with one seed."""
    ranks = np.array(row["rank_among_terms"])
    return {
        "start": row["start"],
        "stage": row["stage"],
        "seed": row["seed"],
        "domain": round(sum(row["domain"]) / int(sizes.domain.sum()), 5),
        "general": round(sum(row["general"]) / int(sizes.general.sum()), 5),
        "cosine": round(float(np.mean(row["cosine"])), 4),
        "margin": round(float(np.mean(row["margin"])), 4),
        "reciprocal_rank": round(float((1 / ranks).mean()), 4),
        "tokens": row.get("tokens", 0),
        "training_seconds": row["training_seconds"],
        "measuring_seconds": row["measuring_seconds"],
    }


def _lengths(texts: Sequence[str]) -> NDArray[np.int64]:
    return np.array([len(text) for text in texts], np.int64)
