"""Lines of known speakers as features, and how well planes fitted on them tell the speakers apart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.character.speech.style import Array, Features, Speakers
from samovar.figures import statistics
from samovar.records import to_json
from training.corpora.transcripts import Line
from training.lessons.character.series import Series

Values = NDArray[np.float64]

LENGTHS = {"1-5": (1, 5), "6-10": (6, 10), "11-20": (11, 20), "21+": (21, 10**6)}
"""Words of a line, from and to: a short one tells little about who says it."""
PASSES = 8
UNHEARD = -30.0
"""Of a speaker without a line that trains: he says nothing."""
TOGETHER = (1, 3, 10, 30)
"""Lines of one speaker that are judged together."""


@dataclass(frozen=True, slots=True)
class Part:
    """Hold lines with the numbers of their speakers, and vectors of the first of them."""

    texts: tuple[str, ...]
    labels: NDArray[np.int64]
    vectors: Array
    """float32 [encoded, dimensions]: encoding takes time, so that of what trains not all may be."""

    @property
    def encoded(self) -> Part:
        """Return the lines that have vectors."""
        size = len(self.vectors)
        return Part(self.texts[:size], self.labels[:size], self.vectors)


def chosen(
    lines: Sequence[Line], series: Series, shortest: int, held: int
) -> dict[str, tuple[list[str], NDArray[np.int64]]]:
    """Return (texts, speakers' numbers) of training, validation and test, in the order of a hash.

    At most `held` lines choose and measure. Lines of fewer than `shortest` words are left out.
    """
    seasons = {series.validation: "validation", series.test: "test"}
    parts: dict[str, list[Line]] = {"training": [], "validation": [], "test": []}
    for line in lines:
        if line.speaker in series.speakers and len(line.text.split()) >= shortest:
            parts[seasons.get(line.season, "training")].append(line)
    numbers = {name: at for at, name in enumerate(series.speakers)}
    found = {}
    for name, rows in parts.items():
        drawn = sorted(rows, key=_order)
        drawn = drawn if name == "training" else drawn[:held]
        labels = np.array([numbers[line.speaker] for line in drawn], np.int64)
        found[name] = ([line.text for line in drawn], labels)
    return found


def _order(line: Line) -> str:
    place = f"{line.season}/{line.episode}/{line.speaker}/{line.text}"
    return hashlib.sha256(place.encode()).hexdigest()


def fitted(
    part: Part, names: tuple[str, ...], encoder: str, features: Features, strength: float
) -> Speakers:
    """Fit a plane for each of `names` by stochastic gradient descent, him against all others.

    `strength` is the factor of the penalty on long planes, scikit-learn's alpha.
    """
    from sklearn.linear_model import SGDClassifier

    part = part.encoded if features.vectors else part
    mean = part.vectors.mean(0) if len(part.vectors) else np.zeros(0, np.float32)
    held = part.vectors - mean if features.vectors else part.vectors
    rows = features.of(part.texts, held)
    model = SGDClassifier(
        loss="log_loss", alpha=strength, max_iter=PASSES, tol=None, random_state=0
    )
    model.fit(rows, part.labels)
    weights = np.zeros((len(names), rows.shape[1]), np.float32)
    bias = np.full(len(names), UNHEARD, np.float32)
    weights[model.classes_] = model.coef_
    bias[model.classes_] = model.intercept_
    return Speakers(names, encoder, features, weights, bias, mean)


def stored(speakers: Speakers) -> Speakers:
    """Return the planes as a file of float16 gives them back: the figures are of those."""
    weights, bias, mean = (
        part.astype(np.float16).astype(np.float32)
        for part in (speakers.weights, speakers.bias, speakers.mean)
    )
    return replace(speakers, weights=weights, bias=bias, mean=mean)


def accuracy(speakers: Speakers, part: Part) -> float:
    """Return the share of lines whose likeliest speaker says them."""
    guess = speakers.probabilities(part.texts, part.vectors).argmax(1)
    return float((guess == part.labels).mean())


def figures(speakers: Speakers, part: Part, shares: Array, character: str) -> dict[str, Any]:
    """Return how well the speakers of `part` are told apart; `shares` are those of the training lines.

    `even` counts every speaker alike: the likelihoods are weighed by one over these shares, and the mean
    of the speakers' recalls is compared with one over their number.
    """
    probabilities = speakers.probabilities(part.texts, part.vectors)
    right = (probabilities.argmax(1) == part.labels).astype(float)
    even = (probabilities / shares).argmax(1)
    majority = int(np.bincount(part.labels).argmax())
    most = (part.labels == majority).astype(float)
    own = speakers.names.index(character)
    return {
        "lines": len(part.texts),
        "accuracy": to_json(statistics.mean(right)),
        "majority": {"speaker": speakers.names[majority], "accuracy": float(most.mean())},
        "gain": to_json(statistics.compare(right, most)),
        "even": {
            "accuracy": to_json(statistics.metric(len(right), _recall(part.labels, even))),
            "majority": 1 / len(set(part.labels.tolist())),
        },
        "together": together(probabilities / shares, part.labels),
        "character": _one(probabilities[:, own], part.labels == own),
        "by_words": _by_words(part.texts, right, most),
        "confusion": {
            "speakers": list(speakers.names),
            "even": _confusion(part.labels, even, len(speakers.names)),
        },
    }


def _recall(labels: NDArray[np.int64], guess: NDArray[np.int64]) -> statistics.Metric:
    """Return the mean recall of the speakers who have lines, as a metric over cases."""
    there = sorted(set(labels.tolist()))

    def measure(cases: NDArray[np.int64]) -> float:
        own, hits = labels[cases], (guess == labels)[cases]
        return float(np.mean([hits[own == at].mean() for at in there if (own == at).any()]))

    return measure


def together(weighed: Array, labels: NDArray[np.int64]) -> dict[str, dict[str, Any]]:
    """Return how often several lines of one speaker are his, every speaker counted alike.

    `weighed` are probabilities over shares [lines, speakers]; those of lines that belong together are
    multiplied. A group holds lines that follow each other in the part's order, which is a hash's.
    """
    logs = np.log(weighed / weighed.sum(1, keepdims=True) + 1e-6)
    found = {}
    for size in TOGETHER:
        own, guess = [], []
        for speaker in sorted(set(labels.tolist())):
            places = np.flatnonzero(labels == speaker)
            for start in range(0, len(places) - size + 1, size):
                own.append(speaker)
                guess.append(int(logs[places[start : start + size]].sum(0).argmax()))
        if own:
            truth, said = np.array(own), np.array(guess)
            found[str(size)] = {
                "groups": len(own),
                "majority": 1 / len(set(own)),
                "accuracy": to_json(statistics.metric(len(own), _recall(truth, said))),
            }
    return found


def _by_words(texts: Sequence[str], right: Values, most: Values) -> dict[str, dict[str, float]]:
    """Return accuracy and that of the majority by the length of a line."""
    words = np.array([len(text.split()) for text in texts])
    return {
        name: {
            "lines": int(inside.sum()),
            "accuracy": float(right[inside].mean()),
            "majority": float(most[inside].mean()),
        }
        for name, (low, high) in LENGTHS.items()
        if (inside := (words >= low) & (words <= high)).any()
    }


def _one(scores: Array, his: NDArray[np.bool_]) -> dict[str, Any]:
    """Return how well the probability of one speaker parts his lines from those of the others."""
    from sklearn.metrics import roc_auc_score

    area = statistics.metric(
        len(his), lambda cases: _area(roc_auc_score, scores, his, cases), draws=200
    )
    return {
        "area_under_curve": to_json(area),
        "mean_of_his_lines": float(scores[his].mean()),
        "mean_of_other_lines": float(scores[~his].mean()),
    }


def _area(score: Any, scores: Array, his: NDArray[np.bool_], cases: NDArray[np.int64]) -> float:
    return (
        float(score(his[cases], scores[cases]))
        if 0 < his[cases].sum() < len(cases)
        else float("nan")
    )


def _confusion(labels: NDArray[np.int64], guess: NDArray[np.int64], size: int) -> list[list[int]]:
    """Return counts: a row a speaker, a column a guess."""
    table = np.zeros((size, size), int)
    np.add.at(table, (labels, guess), 1)
    return [[int(count) for count in row] for row in table]
