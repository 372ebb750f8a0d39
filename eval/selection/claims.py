"""Choose how what is seen of a claim becomes its verdict, and measure the verdicts.

`python -m eval.selection.claims` fits the rules of `samovar/character/grounding/rules.py`, one for each
model on this machine that compares claims with facts, on the development claims of all characters, and
prints the file; `--write` writes it. `--test` chooses nothing: it judges the frozen claims as the tool
does, by every model that is here, and writes eval/results/claims.json with both kinds of errors.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.selection.claims_rule import SEED, Read, fitted, source
from samovar.character.grounding import rules
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.rules import RULES
from samovar.character.grounding.verdicts import VERDICTS, features
from samovar.character.persona import CHARACTERS
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.figures.statistics import compare, mean
from samovar.models.base import EntailmentModel
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import LANGUAGES
from samovar.records import Verdict, to_json
from training.claims.corpus import CharacterClaim, claims
from training.claims.pairs import fact_bases, narrated

MODELS = ("claims-e5", "entailment-e5")
"""Models that compare claims with facts, the best first."""
FACTS = {"given": True, "found": False}
"""Which facts stand beside a claim: those that the question has found as well, or only those that the claim
itself finds."""


def here(models: Shelf) -> dict[str, EntailmentModel]:
    """Return the models that are on this machine, the best first."""
    found = {name: models.entailment(name) for name in MODELS}
    return {name: model for name, model in found.items() if model is not None}


def read(
    listed: Sequence[CharacterClaim], model: EntailmentModel, models: Shelf, given: bool
) -> list[Read]:
    """Return what `model` sees of the claims, in their order.

    `given`: the question has found the facts that were beside the claim when it was annotated.
    """
    encoder, found = models.encoder(), {}
    for slug, base in fact_bases(encoder, models.settings).items():
        character, facts = CHARACTERS[slug], {fact.id: fact for fact in base.facts}
        judge = Judge(base, encoder, model, character.name)
        for language in LANGUAGES:
            places = [
                at
                for at, claim in enumerate(listed)
                if (claim.character, claim.language) == (slug, language)
            ]
            told = [narrated(listed[at], character) for at in places]
            own = [[facts[id] for id in listed[at].fact_ids] if given else [] for at in places]
            seen = judge.seen(told, language, own)
            for at, text, one in zip(places, told, seen, strict=True):
                found[at] = Read(listed[at], one, features(text, one, language))
    return [found[at] for at in range(len(listed))]


def groups(listed: Sequence[CharacterClaim]) -> dict[str, list[int]]:
    """Return the places of the claims of each language, then of each character in each language."""
    keys = [(claim.language, f"{claim.character} {claim.language}") for claim in listed]
    names = [*LANGUAGES, *(f"{slug} {language}" for slug in CHARACTERS for language in LANGUAGES)]
    return {name: [at for at, own in enumerate(keys) if name in own] for name in names}


def errors(right: Sequence[Verdict], given: Sequence[Verdict]) -> dict[str, Any]:
    """Return the share of right verdicts, and of each verdict how often it is missed and wrongly given."""
    pairs = list(zip(right, given, strict=True))
    found: dict[str, Any] = {"claims": len(pairs), "right": mean([float(a == b) for a, b in pairs])}
    for verdict in VERDICTS:
        own = [b for a, b in pairs if a == verdict]
        others = [b for a, b in pairs if a != verdict]
        found[verdict] = {
            "claims": len(own),
            "missed": mean([float(told != verdict) for told in own]),
            "others": len(others),
            "wrongly": mean([float(told == verdict) for told in others]),
        }
    return found


def measured(listed: Sequence[CharacterClaim], models: Shelf) -> dict[str, Any]:
    """Return both kinds of errors of each model, and how much more often the best one is right."""
    right, places = [claim.verdict for claim in listed], groups(listed)
    judges: dict[str, Any] = {}
    hits: dict[tuple[str, str], NDArray[np.float64]] = {}
    for name, model in here(models).items():
        judges[name] = {}
        for facts, given in FACTS.items():
            told = [one.verdict(RULES[name]) for one in read(listed, model, models, given)]
            hits[facts, name] = np.array([a == b for a, b in zip(right, told, strict=True)], float)
            judges[name][facts] = {
                group: errors([right[at] for at in own], [told[at] for at in own])
                for group, own in places.items()
            }
    best, *others = judges
    compared = {
        name: {
            facts: {
                group: compare(hits[facts, best][own], hits[facts, name][own])
                for group, own in places.items()
            }
            for facts in FACTS
        }
        for name in others
    }
    return to_json({"judges": judges, "best": best, "compared": compared})  # type: ignore[no-any-return]


def choose(models: Shelf, write: bool) -> None:
    """Fit the rule of each model that is here, print it, and put it into its file when asked."""
    listed = claims(models.settings.data, "development")
    right, chosen = [claim.verdict for claim in listed], {}
    for name, model in here(models).items():
        chosen[name], crossed = fitted(read(listed, model, models, given=True))
        for group, own in groups(listed).items():
            told = errors([right[at] for at in own], [crossed[at] for at in own])
            print(name, group, json.dumps(to_json(told)))
    place = Path(rules.__file__)
    text = source(place.read_text(encoding="utf-8"), chosen)
    print(text)
    if write:
        place.write_text(text, encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Choose or measure, and print."""
    parser = argparse.ArgumentParser("python -m eval.selection.claims", description=__doc__)
    parser.add_argument("--test", action="store_true", help="measure on the frozen claims")
    parser.add_argument("--write", action="store_true", help="put the rule into its file")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given, began, models = parser.parse_args(argv), time.perf_counter(), shelf()
    if not here(models):
        raise SystemExit("No model that compares claims with facts is on this machine.")
    if not given.test:
        choose(models, given.write)
        return 0
    listed = claims(models.settings.data, "test")
    found = measured(listed, models)
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - began,
        data="data/characters/*/claims-test.jsonl",
        size=len(listed),
        libraries=("numpy", "scipy", "openvino"),
    )
    print(provenance.write("claims", found, origin, given.results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
