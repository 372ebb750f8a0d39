"""Train the classifier of intents: logistic regression on the encoder's vectors of CLINC150.

python -m training.intents --data-dir ../shared/datasets

It fits 150 intents and "out of scope", writes `assets/intents/clinc150.safetensors` with its card
`clinc150.json`, and its figures to `eval/results/intents.json`. The even half of the validation part
chooses strength and threshold; the odd half, seen by nothing, gives the figures.
Source of the data: Larson et al. 2019.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from samovar.figures import provenance
from samovar.models.base import Encoder
from samovar.models.files.safetensors_file import float32_tensors
from samovar.models.shelf import shelf
from samovar.paraphrase.nlu import regression
from samovar.paraphrase.nlu.intents import KIND, NONE, PROTOCOL, SHIPPED
from samovar.paraphrase.nlu.regression import Array, Regression
from training.corpora import commands

STRENGTHS = (3.0, 10.0, 30.0)
THRESHOLDS = (0.0, *(round(at * 0.05, 2) for at in range(1, 15)))
"""A text whose likeliest intent has a lower probability is out of scope."""
GIVEN_UP = 0.01
"""Accuracy given up for finding more of what is out of scope: on the page a command that falls out
by mistake looks like a flip."""
DRAWS, SEED = 1000, 0
LICENCE = "CC BY 3.0 (CLINC150, Larson et al. 2019, github.com/clinc/oos-eval); vectors MIT"


@dataclass(frozen=True, slots=True)
class Part:
    """Hold texts as vectors; the label of an out-of-scope text is the number of intents."""

    vectors: Array
    labels: NDArray[np.int64]

    def half(self, odd: bool) -> Part:
        """Return every second text."""
        return Part(self.vectors[odd::2], self.labels[odd::2])


@dataclass(frozen=True, slots=True)
class Trial:
    """Hold one fitted classifier and what the choosing half says of it."""

    regression: Regression
    strength: float
    threshold: float
    accuracy: float
    recall: float


def fit(data_dir: Path) -> None:
    """Train, write the classifier with its card, and write and print what it reaches.

    Raises:
        SamovarError: the weights of the encoder are missing.
    """
    begun = time.perf_counter()
    encoder = shelf().encoder()
    names, vectors = parts(data_dir, encoder)

    best, trials = choose(vectors, len(names))
    path = shelf().settings.assets / "intents" / f"{SHIPPED}.safetensors"
    best = replace(best, regression=stored(path, best.regression))

    measured = {**figures(best, vectors), "threshold": best.threshold, "strength": best.strength}
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data=f"CLINC150 {commands.CLINC150}",
        size=sum(len(part.labels) for part in vectors.values()),
        libraries=("numpy", "openvino", "scikit-learn"),
    )
    card = {"command": origin.command, "commit": origin.commit, "validation": measured}
    describe(path, best, names, encoder, card)
    print(provenance.write("intents", {**measured, "trials": trials}, origin))
    print(measured)


def parts(data_dir: Path, encoder: Encoder) -> tuple[tuple[str, ...], dict[str, Part]]:
    """Return the names of the intents, NONE last, and each part as vectors."""
    raw = commands.clinc150(data_dir / "clinc150")
    names = (*sorted({intent for _, intent in raw["train"]}), NONE)
    places = {name: at for at, name in enumerate(names)}
    divided = {}
    for name, rows in raw.items():
        labels = np.array([places[intent] for _, intent in rows], np.int64)
        divided[name] = Part(encoder.encode([text for text, _ in rows], KIND), labels)
    return names, divided


def choose(parts: dict[str, Part], classes: int) -> tuple[Trial, list[dict[str, float]]]:
    """Fit every strength, try every threshold, and return the best trial and all of them."""
    inside, outside = parts["val"].half(odd=False), parts["oos_val"].half(odd=False)
    vectors = np.vstack([parts["train"].vectors, parts["oos_train"].vectors])
    labels = np.concatenate([parts["train"].labels, parts["oos_train"].labels])
    trials = []
    for strength in STRENGTHS:
        fitted = regression.fit(vectors, labels, classes, strength)
        for threshold in THRESHOLDS:
            accuracy = float(right(fitted, threshold, inside).mean())
            recall = float(right(fitted, threshold, outside).mean())
            trials.append(Trial(fitted, strength, threshold, accuracy, recall))
    rows = [
        {
            "strength": trial.strength,
            "threshold": trial.threshold,
            "accuracy": round(trial.accuracy, 4),
            "out_of_scope_recall": round(trial.recall, 4),
        }
        for trial in trials
    ]
    most = max(trial.accuracy for trial in trials)
    good = [trial for trial in trials if trial.accuracy >= most - GIVEN_UP]
    return max(good, key=lambda trial: (trial.recall, trial.accuracy)), rows


def right(regression: Regression, threshold: float, part: Part) -> NDArray[np.bool_]:
    """Tell for each text whether the guess is its label."""
    rows = regression.probabilities(part.vectors)
    none = len(rows[0]) - 1
    guess = np.where(rows.max(1) < threshold, none, rows.argmax(1))
    return np.asarray(guess == part.labels)


def stored(path: Path, regression: Regression) -> Regression:
    """Write the planes as float16 and return what reading gives back: the figures are of that."""
    planes = {"weights": regression.weights, "bias": regression.bias}
    path.parent.mkdir(parents=True, exist_ok=True)
    # safetensors writes memory as it lies: the transposed array of a fit would come back shuffled
    path.write_bytes(
        save({name: np.ascontiguousarray(part, np.float16) for name, part in planes.items()})
    )
    tensors = float32_tensors(path)
    return Regression(tensors["weights"], tensors["bias"])


def figures(trial: Trial, parts: dict[str, Part]) -> dict[str, object]:
    """Return the figures of the reporting half."""
    inside = right(trial.regression, trial.threshold, parts["val"].half(odd=True))
    outside = right(trial.regression, trial.threshold, parts["oos_val"].half(odd=True))
    return {
        "accuracy": round(float(inside.mean()), 4),
        "accuracy_interval": interval(inside),
        "texts": len(inside),
        "out_of_scope_recall": round(float(outside.mean()), 4),
        "out_of_scope_recall_interval": interval(outside),
        "out_of_scope_texts": len(outside),
    }


def interval(values: NDArray[np.bool_]) -> list[float]:
    """Return the 95 % bootstrap interval of the mean."""
    draws = np.random.default_rng(SEED).integers(0, len(values), (DRAWS, len(values)))
    low, high = np.percentile(values[draws].mean(1), [2.5, 97.5])
    return [round(float(low), 4), round(float(high), 4)]


def describe(
    path: Path, trial: Trial, names: Sequence[str], encoder: Encoder, card: Mapping[str, object]
) -> None:
    """Write the card of the planes at `path` beside them."""
    full = {
        "protocol": PROTOCOL,
        "encoder": encoder.name,
        "revision": encoder.revision,
        "kind": KIND,
        "threshold": trial.threshold,
        "strength": trial.strength,
        "licence": LICENCE,
        **card,
        "intents": list(names),
    }
    text = json.dumps(full, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> None:
    """Parse the arguments and train."""
    parser = argparse.ArgumentParser(prog="python -m training.intents", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True, help="folder with clinc150/")
    fit(parser.parse_args(argv).data_dir)


if __name__ == "__main__":
    main()
