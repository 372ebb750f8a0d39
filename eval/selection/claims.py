"""Choose how what is seen of a claim becomes its verdict, and measure the verdicts.

`python -m eval.selection.claims` fits the table WEIGHTS of `samovar/character/grounding/claims.py` on the
development claims of all characters and prints it. `--test` chooses nothing: it judges the frozen claims
as the tool does and writes eval/results/character-claims.json with both kinds of errors.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from samovar.character.grounding.claims import BESIDE, VERDICTS, Judge, Seen, features, pairs
from samovar.character.grounding.facts import read_facts
from samovar.character.grounding.retrieval import fact_base
from samovar.character.persona import CHARACTERS
from samovar.character.speech.narration import third_person
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.figures.statistics import mean
from samovar.models.shelf import shelf
from samovar.phrases import Language
from samovar.records import to_json

SEED = 0
STRENGTH = 0.3
"""Inverse of the regularisation; 0.1 and 1 do as well by cross-validation."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Hold a claim of a character and its right verdict."""

    character: str
    claim: str
    verdict: str
    language: Language


def labelled(data: Path, name: str) -> list[Labelled]:
    """Return the claims `name`, development or test, of all characters."""
    found = []
    for slug in CHARACTERS:
        path = data / "characters" / slug / f"claims-{name}.jsonl"
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        found += [Labelled(slug, row["claim"], row["verdict"], row["language"]) for row in rows]
    return found


def judge(slug: str) -> Judge:
    """Return what judges the claims of a character.

    Raises:
        SystemExit: there is no entailment model on this machine.
    """
    models, character = shelf(), CHARACTERS[slug]
    entailment = models.entailment()
    if entailment is None:
        raise SystemExit("The entailment model is not on this machine.")
    assert isinstance(character.facts, Path)
    facts = read_facts(models.settings.data / character.facts)
    base = fact_base(models.encoder(), facts, models.settings.cache)
    return Judge(base, models.encoder(), entailment, character.name)


def seen(claims: Sequence[Labelled]) -> list[dict[str, float]]:
    """Return what is seen of each claim."""
    judges = {slug: judge(slug) for slug in CHARACTERS}
    rows = []
    for one in claims:
        of = judges[one.character]
        told = third_person(one.claim, of.name.say(one.language), one.language)
        [near] = of.base.beside(of.encoder, [told], BESIDE)
        read = of.entailment.classify(pairs(told, near, one.language))
        rows.append(features(told, Seen(near, tuple(read)), one.language))
    return rows


def fitted(claims: Sequence[Labelled]) -> list[str]:
    """Return the lines of the table WEIGHTS."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    rows = seen(claims)
    names = [name for name in rows[0] if name != "constant"]
    values = np.array([[row[name] for name in names] for row in rows])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(scaler.transform(values), [one.verdict for one in claims])
    assert tuple(model.classes_) == VERDICTS
    weights = model.coef_ / scaler.scale_
    constants = model.intercept_ - (weights * scaler.mean_).sum(1)
    table = [*zip(names, weights.T, strict=True), ("constant", constants)]
    return [f'"{name}": ({", ".join(f"{value:.2f}" for value in row)}),' for name, row in table]


def measured(claims: Sequence[Labelled]) -> dict[str, Any]:
    """Return how often each right verdict is given, and as what else, with intervals."""
    judges = {slug: judge(slug) for slug in CHARACTERS}
    given = []
    for one in claims:
        of = judges[one.character]
        told = third_person(one.claim, of.name.say(one.language), one.language)
        given.append(of.judged([told], one.language)[0].verdict)
    table: dict[str, Any] = {}
    for language in ("en", "ru"):
        for verdict in VERDICTS:
            of_kind = [
                told
                for one, told in zip(claims, given, strict=True)
                if one.verdict == verdict and one.language == language
            ]
            shares: dict[str, Any] = {
                told: mean([float(each == told) for each in of_kind]) for told in VERDICTS
            }
            table[f"{language} {verdict}"] = {"claims": len(of_kind)} | shares
    return to_json(table)  # type: ignore[no-any-return]


def main(argv: Sequence[str] | None = None) -> int:
    """Fit or measure, and print."""
    parser = argparse.ArgumentParser("python -m eval.selection.claims", description=__doc__)
    parser.add_argument("--test", action="store_true", help="measure on the frozen claims")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given, began = parser.parse_args(argv), time.perf_counter()
    claims = labelled(shelf().settings.data, "test" if given.test else "development")
    if not given.test:
        print(*fitted(claims), sep="\n")
        print(json.dumps(measured(claims), indent=1))
        return 0
    found = measured(claims)
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data="data/characters/*/claims-test.jsonl",
        size=len(claims),
        libraries=("numpy", "scipy", "scikit-learn"),
    )
    path = provenance.write("character-claims", {"verdicts": found}, origin, given.results)
    print(json.dumps(found, indent=1), path, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
