"""Choose from which probability of the judges on a sentence of an advert counts as supported.

`python -m eval.selection.adverts` asks the small judge and, where it is on this machine, the larger one about
what was written of the held-out sheets. It joins the two by a logistic regression and takes for each language
the threshold at which rules and judges together find most while they flag at most a tenth of the right
statements: data/marketing/judges.json. eval/results/marketing-judges.json compares each judge alone, the mean
of their logits, the regression, and the regression where the larger one is asked only if the small one is
not sure, which is what is served.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from eval.selection.adverts_joint import Asked, alone, asked, joined, ways
from eval.selection.adverts_seen import best, seen
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.figures.statistics import mean
from samovar.marketing.checks.judge import MODEL, Judge
from samovar.marketing.checks.larger.joint import FILE, Thresholds
from samovar.marketing.checks.larger.model import Larger
from samovar.marketing.facts.brief import Brief
from samovar.models.shelf import Shelf, shelf
from samovar.phrases import LANGUAGES, Language
from samovar.records import to_json
from training.adverts import corpus


def measured(
    told: Asked, sheets: Mapping[str, Brief], language: Language, judge: Judge, models: Shelf
) -> tuple[dict[str, Any], Thresholds]:
    """Return the figures of each way to decide, with the rules too, and the thresholds of one language."""
    joint, right = joined(told), told.right
    found: dict[str, Any] = {}
    chosen: dict[str, float] = {}
    for name, way in ways(joint).items():
        listed = seen(told.statements, sheets, language, replace(judge, joint=way), models)
        chosen[name] = best(listed)
        flagged = np.array([float(one.flagged(chosen[name])) for one in listed])
        found[name] = {
            **alone(told, way),
            "asked": round(float(np.mean([way.asks(p) if way else False for p in told.small])), 3),
            "threshold": chosen[name],
            "found": mean(flagged[~right].tolist()),
            "flagged": mean(flagged[right].tolist()),
        }
    served = replace(joint, threshold=chosen["served"]) if joint else None
    size = {"statements": len(right), "faulty": int((~right).sum())}
    return {**size, "judges": found}, Thresholds(chosen["small"], served)


def judges(models: Shelf) -> Judge:
    """Return the judges of this machine.

    Raises:
        SystemExit: not even the small one is there.
    """
    model = models.entailment(MODEL)
    if model is None:
        raise SystemExit(f"{MODEL} is not on this machine: see docs/training.md")
    return Judge(model, models.encoder(), 0.0, Larger.found(models))


def main(argv: Sequence[str] | None = None) -> int:
    """Choose, compare and write both files."""
    parser = argparse.ArgumentParser("python -m eval.selection.adverts", description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given, begun, models = parser.parse_args(argv), time.perf_counter(), shelf()
    data, judge = models.settings.data, judges(models)
    _, held = corpus.parts(corpus.written(data))
    sheets = corpus.sheets(data)
    figures: dict[str, Any] = {}
    chosen: dict[str, Any] = {}
    for language in LANGUAGES:
        told = asked(held, sheets, language, judge)
        figures[language], own = measured(told, sheets, language, judge, models)
        chosen[language] = asdict(own)
        print(language, to_json(figures[language]), chosen[language], flush=True)
    origin = provenance.here(
        seed=0,
        wall_seconds=time.perf_counter() - begun,
        data="data/marketing/statements-*.jsonl, about held-out sheets",
        size=len(held),
        libraries=("spacy", "slovnet", "openvino", "xllamacpp", "scikit-learn"),
    )
    print(provenance.write("marketing-judges", to_json(figures), origin, given.results))
    print(
        provenance.write(
            FILE.removesuffix(".json"), {"thresholds": chosen}, origin, data / "marketing"
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
