"""How often the validator is wrong, by kind of pair: wrong texts accepted, right rewordings refused.

`python -m eval.paraphrase.validator --data-dir ../shared/datasets` asks it about the test pairs and the
cases in `data/requests`, beside MRPC and PAWS-X, and writes `eval/results/validator.json`. On none of these
pairs was anything chosen. `small` is the validator on a machine without the larger chat model.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, precision_recall_curve

from samovar.figures import provenance, statistics
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.check import Verdict, asked, verdicts
from samovar.paraphrase.service import validator
from training.corpora import requests
from training.corpora.paraphrases import read_mrpc, read_pawsx_en

SEED = 0
SENTENCES = 60
"""Pairs of MRPC and of PAWS-X: sentences of news and encyclopedias, which the tool was not made for."""
POINTS = 60
"""Thresholds of the curve."""

Pair = tuple[str, str, bool, str]
"""Source, text, same, kind."""


def sets(data: Path | None) -> dict[str, list[Pair]]:
    """Return the sets of pairs by name."""
    own = {
        "test_en": requests.test("en"),
        "test_ru": requests.test("ru"),
        "cases_en": requests.cases(),
    }
    found = {
        name: [(pair.source, pair.text, pair.same, pair.kind) for pair in pairs]
        for name, pairs in own.items()
    }
    if data:
        news = read_mrpc(data / "mrpc", "val")
        swapped = read_pawsx_en(data / "pawsx_en", raw=True)
        for name, listed in (("mrpc_val", news), ("pawsx_dev", swapped)):
            pairs = list(listed)[:SENTENCES]
            found[name] = [(pair.source, pair.target, pair.label, name) for pair in pairs]
    return found


def errors(pairs: Sequence[Pair], found: Sequence[Verdict]) -> dict[str, Any]:
    """Return both error rates with intervals, accuracy and average precision, and the errors by kind."""
    right = np.array([same for _, _, same, _ in pairs])
    accepted = np.array([verdict.accepted for verdict in found])
    scores = np.array([verdict.score for verdict in found])
    kinds: dict[str, list[bool]] = defaultdict(list)
    for (_, _, same, kind), passed in zip(pairs, accepted, strict=True):
        kinds[kind].append(bool(passed) != same)
    return {
        "pairs": len(pairs),
        "wrong_accepted": _rate(accepted[~right]),
        "right_refused": _rate(~accepted[right]),
        **_named("accuracy", (accepted == right).astype(float)),
        "average_precision": round(float(average_precision_score(right, scores)), 4),
        "by_kind": {kind: [sum(missed), len(missed)] for kind, missed in sorted(kinds.items())},
    }


def _rate(hits: NDArray[np.bool_]) -> dict[str, float]:
    interval = statistics.mean(hits.astype(float), SEED)
    return {
        "value": round(interval.value, 4),
        "low": round(interval.low, 4),
        "high": round(interval.high, 4),
    }


def _named(name: str, hits: NDArray[np.float64]) -> dict[str, Any]:
    interval = statistics.mean(hits, SEED)
    return {
        name: round(interval.value, 4),
        "interval": [round(interval.low, 4), round(interval.high, 4)],
    }


def curve(pairs: Sequence[Pair], found: Sequence[Verdict]) -> list[dict[str, float]]:
    """Return precision and recall at some thresholds of the score."""
    right = [same for _, _, same, _ in pairs]
    precision, recall, cuts = precision_recall_curve(right, [one.score for one in found])
    places = np.unique(np.linspace(0, len(cuts) - 1, POINTS).astype(int))
    return [
        {
            "threshold": round(float(cuts[at]), 4),
            "precision": round(float(precision[at]), 4),
            "recall": round(float(recall[at]), 4),
        }
        for at in places
    ]


def pace(pairs: Sequence[Pair], models: Shelf) -> float:
    """Return how many pairs a second the small verifier reads, both ways."""
    small = models.verifier()
    if small is None:
        return 0.0
    both = [(source, text) for source, text, _, _ in pairs]
    small.probabilities(both[:8])
    begun = time.perf_counter()
    small.probabilities(both)
    return round(len(both) / (time.perf_counter() - begun), 1)


def main(argv: Sequence[str] | None = None) -> None:
    """Ask about every set and write."""
    parser = argparse.ArgumentParser("python -m eval.paraphrase.validator", description=__doc__)
    parser.add_argument("--data-dir", type=Path, help="folder with mrpc and pawsx_en")
    parser.add_argument("--tell", action="store_true", help="print the pairs judged wrongly")
    given = parser.parse_args(argv)
    begun, models = time.perf_counter(), shelf()
    found: dict[str, Any] = {}
    listed = sets(given.data_dir)
    drawn: dict[str, list[Verdict]] = {}
    for name, pairs in listed.items():
        questions = [asked(source, text) for source, text, _, _ in pairs]
        rows = {
            kind: verdicts(questions, models, fast=kind == "small") for kind in ("small", "both")
        }
        found[name] = {kind: errors(pairs, row) for kind, row in rows.items()}
        drawn[name] = rows["both"]
        print(name, {kind: _short(row) for kind, row in found[name].items()}, flush=True)
        if given.tell:
            _tell(pairs, rows["both"])
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data="data/requests (test-en, test-ru, cases-en), mrpc val, pawsx_en dev",
        size=sum(map(len, listed.values())),
        libraries=("openvino", "xllamacpp", "spacy", "slovnet"),
    )
    result = {
        "sets": found,
        "pairs_a_second": pace(listed["test_en"], models),
        "curve": curve(listed["test_en"], drawn["test_en"]),
        "threshold": validator(models, "en", None).thresholds.joint,
    }
    print(provenance.write("validator", result, origin))


def _short(row: dict[str, Any]) -> dict[str, float]:
    return {
        "wrong accepted": row["wrong_accepted"]["value"],
        "right refused": row["right_refused"]["value"],
        "average precision": row["average_precision"],
    }


def _tell(pairs: Sequence[Pair], found: Sequence[Verdict]) -> None:
    for (source, text, same, kind), verdict in zip(pairs, found, strict=True):
        if verdict.accepted != same:
            told = "; ".join(f"{r.check}: {r.value} ({r.threshold})" for r in verdict.reasons)
            print(f"  {kind} {'refused' if same else 'accepted'} {verdict.score:.2f}", end=" ")
            print(f"{source} → {text}  {told}")


if __name__ == "__main__":
    main()
