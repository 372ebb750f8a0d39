"""How well the shipped entailment model classifies pairs that it never saw, and its calibration.

`python -m eval.entailment --data-dir ../shared/datasets` writes `eval/results/entailment.json` and
the reliability figure. Rows beside the model: always the most frequent label, and the cosine of the
encoder alone (a logistic regression on it, fitted on training pairs).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from samovar.figures import provenance, statistics
from samovar.hub.card import card
from samovar.models.base import Encoder, EntailmentModel
from samovar.models.shelf import shelf
from samovar.settings import ROOT
from training.corpora.pair import NliPair
from training.frame.calibration import Bin, expected_error, reliability
from training.lessons.inference import sets

LABELS = ("entailment", "neutral", "contradiction")
EXCLUDED = LABELS.index("contradiction")
FITTED = 5000
"""Training pairs that the regression on the cosine sees."""
SEED = 0
FIGURE = ROOT / "assets" / "plots" / "entailment-reliability.png"
Probabilities = NDArray[np.float64]
"""[pairs, labels]."""


def has_two_labels(pairs: Sequence[NliPair]) -> bool:
    """Tell whether a set knows only entailment and anything else."""
    labels = {pair.label for pair in pairs}
    return "not_entailment" in labels or "contradiction" not in labels


def gold(pairs: Sequence[NliPair]) -> NDArray[np.int64]:
    """Return class numbers; in a set of two labels 1 is everything but entailment."""
    if has_two_labels(pairs):
        return np.array([int(pair.label != "entailment") for pair in pairs])
    return np.array([LABELS.index(pair.label) for pair in pairs])


def classified(model: EntailmentModel, pairs: Sequence[NliPair]) -> Probabilities:
    """Return the model's probabilities of the classes that `gold` counts."""
    classes = model.classify([(pair.premise, pair.hypothesis) for pair in pairs])
    known = np.array([(row.entailment, row.neutral, row.contradiction) for row in classes])
    known /= known.sum(axis=1, keepdims=True)
    return np.stack([known[:, 0], 1 - known[:, 0]], axis=1) if has_two_labels(pairs) else known


def cosines(encoder: Encoder, pairs: Sequence[NliPair]) -> NDArray[np.float64]:
    """Return the cosine of both texts and its square, [pairs, 2]."""
    first = encoder.encode([pair.premise for pair in pairs])
    second = encoder.encode([pair.hypothesis for pair in pairs])
    cosine = (first * second).sum(axis=1, dtype=np.float64)
    return np.stack([cosine, cosine**2], axis=1)


def both_ways(straight: Probabilities, turned: Probabilities) -> float:
    """Return the share of pairs of which both directions, or neither, are called a contradiction.

    What excludes a text is excluded by it, whatever the data set: 1 would be consistent.
    """
    same = (straight.argmax(axis=1) == EXCLUDED) == (turned.argmax(axis=1) == EXCLUDED)
    return round(float(same.mean()), 4)


def scored(probabilities: Probabilities, right: NDArray[np.int64]) -> dict[str, Any]:
    """Return accuracy with its interval, macro-F1 and calibration error."""
    chosen = probabilities.argmax(axis=1)
    hits = statistics.mean((chosen == right).astype(np.float64), SEED)
    bins = reliability(probabilities.max(axis=1), chosen == right)
    return {
        "accuracy": round(hits.value, 4),
        "interval": [round(hits.low, 4), round(hits.high, 4)],
        "macro_f1": round(float(f1_score(right, chosen, average="macro")), 4),
        "ece": round(expected_error(bins), 4),
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Measure every held-out set and write the result."""
    parser = argparse.ArgumentParser("python -m eval.entailment", description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    data_dir = parser.parse_args(argv).data_dir
    model, encoder = shelf().entailment(), shelf().encoder()
    if model is None:
        raise SystemExit("There is no adapter entailment-e5 in assets/adapters: train it first.")
    begun = time.perf_counter()
    rows, pooled = _rows(model, encoder, data_dir)
    bins = reliability(
        np.concatenate([probabilities.max(axis=1) for probabilities, _ in pooled]),
        np.concatenate([probabilities.argmax(axis=1) == right for probabilities, right in pooled]),
    )
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data="held-out parts of SNLI-CAD, SICK, MED, XNLI, WANLI-ru, TERRa and RCB, made requests",
        size=sum(row["size"] for row in rows.values()),
        libraries=("openvino", "torch", "scikit-learn"),
    )
    measured = {
        "sets": rows,
        "ece": round(expected_error(bins), 4),
        "reliability": [
            [group.count, round(group.confidence, 4), round(group.accuracy, 4)] for group in bins
        ],
    }
    print(provenance.write("entailment", measured, origin))
    _draw(bins)
    _tell(shelf().settings.assets / "adapters" / "entailment-e5", rows)


def _tell(adapter: Path, rows: Mapping[str, Any]) -> None:
    """Write the figures beside the adapter and into its card."""
    names = ("size", "accuracy", "macro_f1", "ece", "majority", "cosine_alone")
    figures = {name: {key: row[key] for key in names} for name, row in rows.items()}
    (adapter / "results.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    (adapter / "README.md").write_text(card(adapter), encoding="utf-8")


def _rows(
    model: EntailmentModel, encoder: Encoder, data_dir: Path
) -> tuple[dict[str, Any], list[tuple[Probabilities, NDArray[np.int64]]]]:
    """Return the row of each set, and all probabilities with the right classes."""
    alone = _regressions(encoder, sets.training_pairs(data_dir))
    rows: dict[str, Any] = {}
    pooled: list[tuple[Probabilities, NDArray[np.int64]]] = []
    for name, pairs in sets.evaluation_sets(data_dir).items():
        right, probabilities = gold(pairs), classified(model, pairs)
        pooled.append((probabilities, right))
        cosine = alone[has_two_labels(pairs)].predict(cosines(encoder, pairs))
        rows[name] = {
            "size": len(pairs),
            **scored(probabilities, right),
            "majority": round(Counter(right.tolist()).most_common(1)[0][1] / len(right), 4),
            "cosine_alone": round(float((cosine == right).mean()), 4),
        }
        if not has_two_labels(pairs):
            turned = [replace(p, premise=p.hypothesis, hypothesis=p.premise) for p in pairs]
            rows[name]["both_ways"] = both_ways(probabilities, classified(model, turned))
        print(name, rows[name], flush=True)
    return rows, pooled


def _regressions(encoder: Encoder, pairs: Sequence[NliPair]) -> dict[bool, LogisticRegression]:
    """Return what classifies by the cosine alone: three labels (False) and two (True)."""
    known = [pair for pair in pairs if pair.label in LABELS]
    order = np.random.default_rng(SEED).permutation(len(known))[:FITTED]
    chosen = [known[at] for at in order]
    values = cosines(encoder, chosen)
    classes = np.array([LABELS.index(pair.label) for pair in chosen])
    return {
        False: LogisticRegression(C=1e3).fit(values, classes),
        True: LogisticRegression(C=1e3).fit(values, (classes > 0).astype(int)),
    }


def _draw(bins: Sequence[Bin]) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.6, 4.2), layout="constrained")
    axes.plot([0.3, 1], [0.3, 1], color="#999999", linewidth=1, linestyle="--")
    axes.plot(
        [one.confidence for one in bins],
        [one.accuracy for one in bins],
        marker="o",
        color="#9c5423",
    )
    axes.set_xlabel("probability of the chosen label")
    axes.set_ylabel("share of right answers")
    axes.set_title("Entailment model: reliability", fontsize=11)
    FIGURE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(FIGURE, dpi=130, metadata={"Software": ""})
    pyplot.close(figure)


if __name__ == "__main__":
    main()
