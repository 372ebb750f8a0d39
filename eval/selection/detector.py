"""The validator as a detector of paraphrases: fit its score, and measure it on held-out pairs.

`python -m eval.selection.detector --data-dir ../shared/datasets` fits the coefficients on the training
part of MRPC and on one half of PAWS-X dev (chosen by hash), writes them to
`data/paraphrase/detector.json` and reports on the validation part of MRPC and on the other half in
`eval/results/detector.json`.
`--keep` measures the committed coefficients and fits nothing. The sets are read, never shipped.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score
from tqdm import tqdm

from eval.metrics.logistic import accuracy, best_threshold, curve, fit
from samovar.figures import provenance, statistics
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.features import features
from samovar.paraphrase.measurement import Measured, measurements
from samovar.paraphrase.service import validation_models
from samovar.paraphrase.thresholds import LIMITS, Detector, detectors
from samovar.paraphrase.validation import verify
from training.corpora.paraphrases import ParaphrasePair, read_mrpc, read_pawsx_en

PAWS_WEIGHT = 0.1
"""Of a PAWS-X pair in the fit: its pairs are built to deceive, MRPC's are found in the news."""
ENTAILMENT = ("forward", "backward", "contradiction")
"""Measurements of the entailment model."""
CHUNK = 256
SEED = 0
POINTS = 101
"""Thresholds of the curve."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Hold the measured pairs of one part of a data set and whether each is a paraphrase."""

    pairs: tuple[Measured, ...]
    labels: tuple[bool, ...]
    features: tuple[Mapping[str, float], ...]
    """Of each pair, computed once."""

    def rows(self, names: Sequence[str]) -> np.ndarray[Any, Any]:
        """Return the measurements `names` of each pair."""
        return np.array([[row[name] for name in names] for row in self.features])


def parts(folder: Path) -> dict[str, list[ParaphrasePair]]:
    """Return the four parts: two to fit on, two held out; a pair's half is a matter of its hash.

    PAWS-X is read as it is, with its spaces round signs: so it comes to whoever checks pairs of it.
    """
    paws = list(read_pawsx_en(folder / "pawsx_en", raw=True))
    return {
        "mrpc train": list(read_mrpc(folder / "mrpc", "train")),
        "pawsx fit": [pair for pair in paws if not _held_out(pair)],
        "mrpc val": list(read_mrpc(folder / "mrpc", "val")),
        "pawsx held out": [pair for pair in paws if _held_out(pair)],
    }


def labelled(rows: Sequence[ParaphrasePair], models: Shelf) -> Labelled:
    """Measure the pairs with every model of this machine."""
    own = validation_models(models, "en")
    pairs: list[Measured] = []
    for start in tqdm(range(0, len(rows), CHUNK), unit="batch", file=sys.stderr):
        both = [(row.source, row.target) for row in rows[start : start + CHUNK]]
        pairs += measurements(both, "en", own)
    labels = tuple(row.label for row in rows)
    return Labelled(tuple(pairs), labels, tuple(features(pair) for pair in pairs))


def fitted(data: Mapping[str, Labelled], names: Sequence[str]) -> Detector:
    """Return the detector over `names`, its threshold the most accurate one on MRPC's training part."""
    fits = [data["mrpc train"], data["pawsx fit"]]
    rows = np.concatenate([part.rows(names) for part in fits])
    labels = np.concatenate([np.array(part.labels, float) for part in fits])
    weights = np.repeat([1.0, PAWS_WEIGHT], [len(part.labels) for part in fits])
    intercept, coefficients = fit(rows, labels, weights)
    rounded = dict(zip(names, (round(float(c), 4) for c in coefficients), strict=True))
    detector = Detector(round(intercept, 4), rounded, 0.5)
    news = data["mrpc train"]
    threshold = best_threshold(scores(news, detector), np.array(news.labels))
    return replace(detector, threshold=round(threshold, 3))


def scores(part: Labelled, detector: Detector) -> np.ndarray[Any, Any]:
    """Return the score of each pair."""
    return np.array([detector.score(row) for row in part.features])


def report(
    data: Mapping[str, Labelled], detector: Detector, similarity: Detector
) -> dict[str, Any]:
    """Return accuracy on MRPC and average precision on PAWS-X, beside similarity alone."""
    news, swapped = data["mrpc val"], data["pawsx held out"]
    truth, twisted = np.array(news.labels), np.array(swapped.labels)
    accepted = np.array([not verify(pair, detector) for pair in news.pairs])
    alone = scores(news, similarity) >= similarity.threshold
    full, cosine = scores(swapped, detector), np.array([p.similarity for p in swapped.pairs])
    gain = statistics.metric(
        len(twisted),
        lambda at: float(
            average_precision_score(twisted[at], full[at])
            - average_precision_score(twisted[at], cosine[at])
        ),
        SEED,
    )
    hits = statistics.mean((accepted == truth).astype(float), SEED)
    pooled = np.concatenate([scores(news, detector), full])
    return {
        "mrpc_val": {
            "pairs": len(truth),
            "majority": round(float(truth.mean()), 4),
            "accuracy": round(accuracy(accepted, truth), 4),
            "interval": [round(hits.low, 4), round(hits.high, 4)],
            "similarity_alone": round(accuracy(alone, truth), 4),
            "precision": round(float(truth[accepted].mean()), 4),
            "recall": round(float(accepted[truth].mean()), 4),
        },
        "pawsx_held_out": {
            "pairs": len(twisted),
            "average_precision": round(average_precision_score(twisted, full), 4),
            "similarity_alone": round(average_precision_score(twisted, cosine), 4),
            "gain_interval": [round(gain.low, 4), round(gain.high, 4)],
        },
        "curve": curve(pooled, np.concatenate([truth, twisted]), POINTS),
        "threshold": detector.threshold,
    }


def both_ways(part: Labelled) -> dict[str, float]:
    """Return what the entailment threshold alone, in both directions, reaches."""
    truth = np.array(part.labels)
    passed = np.array(
        [
            min(pair.forward.entailment, pair.backward.entailment) >= LIMITS.entailment
            for pair in part.pairs
            if pair.forward and pair.backward
        ]
    )
    return {
        "threshold": LIMITS.entailment,
        "precision": round(float(truth[passed].mean()), 4) if passed.any() else 0.0,
        "recall": round(float(passed[truth].mean()), 4),
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser("python -m eval.selection.detector", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument(
        "--keep", action="store_true", help="fit nothing, measure what is committed"
    )
    given = parser.parse_args(argv)
    begun = time.perf_counter()
    data = {name: labelled(rows, shelf()) for name, rows in parts(given.data_dir).items()}
    names = list(data["mrpc train"].features[0])
    plain = [name for name in names if name not in ENTAILMENT]
    path = shelf().settings.data / "paraphrase"
    similarity = fitted(data, ["similarity"])
    by_name = _kept(path) if given.keep else _fitted(data, plain, names)
    measured_ = {
        name: report(data, detector, similarity)
        for name, detector in by_name.items()
        if detector is not None and set(detector.weights) <= set(names)
    }
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data="mrpc (train, val), pawsx_en (dev)",
        size=sum(len(part.labels) for part in data.values()),
        libraries=("openvino", "spacy", "text2num", "numpy"),
    )
    if not given.keep:
        written = {name: _coefficients(detector) for name, detector in by_name.items()}
        print(provenance.write("detector", written, origin, path))
    best = measured_.get("with_entailment") or measured_["without_entailment"]
    whole = {**best, "rows": {name: _short(row) for name, row in measured_.items()}}
    if len(names) > len(plain):
        whole["entailment_alone"] = {name: both_ways(part) for name, part in data.items()}
    print(provenance.write("detector", whole, origin))
    print(whole["rows"])


def _kept(path: Path) -> dict[str, Detector | None]:
    known = detectors(path / "detector.json")
    plain, whole = known.without_entailment, known.with_entailment
    return {"without_entailment": plain, "with_entailment": whole}


def _fitted(
    data: Mapping[str, Labelled], plain: Sequence[str], names: Sequence[str]
) -> dict[str, Detector | None]:
    whole = fitted(data, names) if len(names) > len(plain) else None
    return {"without_entailment": fitted(data, plain), "with_entailment": whole}


def _held_out(pair: ParaphrasePair) -> bool:
    return hashlib.sha256(f"{pair.source}\t{pair.target}".encode()).digest()[0] % 2 == 1


def _coefficients(detector: Detector | None) -> dict[str, Any] | None:
    if detector is None:
        return None
    return {
        "intercept": detector.intercept,
        "weights": dict(detector.weights),
        "threshold": detector.threshold,
    }


def _short(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "curve"}


if __name__ == "__main__":
    main()
