"""Choose the validator's thresholds on drafts that were read, and on requests held out from training.

`python -m eval.selection.verifier` asks both verifiers about them, joins the two by a logistic regression,
and writes `data/paraphrase/verifier.json`: for each language the lowest threshold at which at most so
many of the texts that ask for something else are accepted, and for drafts the lowest at which most of the
accepted ones are right, as that is what a visitor reads. The drafts are what the small chat model wrote:
without them the small verifier, which knows the style of written pairs, would count for too much. The test
pairs take no part.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import chain, groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from samovar.figures import provenance
from samovar.models.shelf import Shelf, shelf
from samovar.paraphrase.generation.larger import Larger
from samovar.paraphrase.validation.thresholds import EDGE, Thresholds
from samovar.phrases import LANGUAGES, Language
from training.corpora import requests
from training.corpora.requests import RequestPair
from training.lessons.requests.crossed import crossed, half_turned

HELD_OUT = 6
"""Per cent of the requests, as in the recipes of both verifiers."""
WRONG: Mapping[Language, float] = {"en": 0.06, "ru": 0.09}
"""Share of the wrong texts that may be accepted: below the aims of 8 and 12 per cent."""
PRECISION: Mapping[Language, float] = {"en": 0.9, "ru": 0.85}
"""Share of the accepted drafts that must be right: above the aims of 88 and 82 per cent."""
DRAFT = "draft"
"""Kind of a pair whose text a model wrote."""
KEPT = 0.99
"""Share of the right texts that must still be asked about once the small verifier has doubted."""
MOST = 300
"""Pairs of one language: the larger verifier takes most of a second for each."""
STRENGTH = 1.0
SEED = 0

Numbers = NDArray[np.float64]


def held_out(language: Language) -> list[RequestPair]:
    """Return some MOST pairs of requests that neither verifier was trained on, those of one together.

    They are crossed and turned as in training: a pair whose first text is always a request of those who
    wrote the pairs flatters a verifier that has learned their style.
    """
    held = requests.parts(list(requests.training(language)), HELD_OUT)[1]
    groups = [list(group) for _, group in groupby(held, lambda pair: pair.source)]
    random.Random(SEED).shuffle(groups)
    pairs = half_turned(crossed(list(chain.from_iterable(groups)), SEED), SEED)
    return sorted(pairs[:MOST], key=lambda pair: pair.source)


def judged(language: Language) -> list[RequestPair]:
    """Return the pairs on which the thresholds of `language` are chosen, those of one request together."""
    return [*held_out(language), *requests.drafts(language)]


def threshold(chances: Numbers, right: NDArray[np.bool_], wrong: float) -> float:
    """Return the lowest threshold at which at most `wrong` of the wrong texts are accepted."""
    unlike = np.sort(chances[~right])[::-1]
    allowed = int(wrong * len(unlike))
    return round(float(unlike[allowed]) + 1e-4, 4) if allowed < len(unlike) else 0.0


def precise(chances: Numbers, right: NDArray[np.bool_], share: float) -> float:
    """Return the lowest threshold at which at least `share` of what is accepted is right; 1 if none is."""
    best = np.argsort(-chances, kind="stable")
    enough = np.flatnonzero(np.cumsum(right[best]) >= share * np.arange(1, len(best) + 1))
    return round(float(chances[best][enough[-1]]) - 5e-5, 4) if len(enough) else 1.0


def chosen(
    small: Numbers,
    larger: Numbers,
    right: NDArray[np.bool_],
    drafted: NDArray[np.bool_],
    wrong: float,
    precision: float,
) -> Thresholds:
    """Return the thresholds of one language from the probabilities of both verifiers, [pairs] each."""
    logits = logit(np.clip(np.stack([small, larger], axis=1), EDGE, 1 - EDGE))
    fitted = LogisticRegression(C=STRENGTH).fit(logits, right)
    first, second = (round(float(weight), 4) for weight in fitted.coef_[0])
    rough = Thresholds(0.0, 0.0, round(float(fitted.intercept_[0]), 4), first, second, 0.0, 0.0)
    joint = np.array([rough.joined(a, b) for a, b in zip(small, larger, strict=True)])
    return replace(
        rough,
        alone=threshold(small, right, wrong),
        doubtful=round(float(np.quantile(small[right], 1 - KEPT)), 4),
        joint=threshold(joint, right, wrong),
        draft=precise(joint[drafted], right[drafted], precision),
    )


def asked(pairs: Sequence[RequestPair], models: Shelf) -> tuple[Numbers, Numbers]:
    """Return the probabilities of both verifiers about `pairs`."""
    small = models.verifier()
    larger = Larger.of(models)
    if small is None:
        raise SystemExit("assets/adapters/verifier-e5 is missing")
    first = small.probabilities([(pair.source, pair.text) for pair in pairs])
    second = [
        larger.probability(pair.source, pair.text, pair.language)
        for pair in tqdm(pairs, unit="pair")
    ]
    return np.asarray(first), np.array(second)


def main(argv: Sequence[str] | None = None) -> None:
    """Choose and write."""
    argparse.ArgumentParser("python -m eval.selection.verifier", description=__doc__).parse_args(
        argv
    )
    begun, models = time.perf_counter(), shelf()
    found: dict[str, Any] = {}
    size = 0
    for language in LANGUAGES:
        pairs = judged(language)
        right = np.array([pair.same for pair in pairs])
        drafted = np.array([pair.kind == DRAFT for pair in pairs])
        small, larger = asked(pairs, models)
        aims = WRONG[language], PRECISION[language]
        found[language] = asdict(chosen(small, larger, right, drafted, *aims))
        size += len(pairs)
        print(language, len(pairs), found[language], flush=True)
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data="data/requests/drafts-*.jsonl, and train-*.jsonl and more-*.jsonl, held out",
        size=size,
        libraries=("openvino", "xllamacpp", "scikit-learn"),
    )
    folder = models.settings.data / "paraphrase"
    print(provenance.write("verifier", {"thresholds": found}, origin, folder))


if __name__ == "__main__":
    main()
