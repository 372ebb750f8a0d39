"""Choose from which cosine on the nearest text is an answer, and measure both errors on other sets.

`python -m eval.no_match --data-dir ../shared/datasets` asks every collection its own questions,
which it answers, and those of other sets, which it does not, and writes `eval/results/no-match.json`.
Of the thresholds of GRID it chooses the highest under which the development sets call at most MISSED of the
answers none, on average: who reads "no good match" above the right article trusts neither. It then belongs
into `samovar/search/ranking/match.py`. The errors of the whole rule, exact words
included, are measured on the sets that measure the search.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.sets import development_sets, retrieval_sets
from eval.sets.retrieval_sets import RetrievalSet
from eval.systems.cached_encoder import Remembered
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf
from samovar.search import core
from samovar.search.index import bar
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection
from samovar.search.ranking.match import NEAREST

GRID = tuple(round(0.70 + 0.005 * step, 3) for step in range(17))
MISSED = 0.05
DEVELOPMENT = {
    "xquad_en": ("truthfulqa", "banking77", "headlines_ru"),
    "xquad_ru": ("truthfulqa", "banking77", "headlines_ru"),
    "truthfulqa": ("xquad_en", "banking77", "headlines_ru"),
}
"""Collection → the sets whose questions it does not answer."""
HELD_OUT = {
    "encyclopedia_en": ("stackfaq", "covid_faq"),
    "encyclopedia_ru": ("stackfaq", "covid_faq"),
    "stackfaq": ("encyclopedia_en", "encyclopedia_ru", "covid_faq"),
    "covid_faq": ("encyclopedia_en", "encyclopedia_ru", "stackfaq"),
}
SEED = 0
Read = Mapping[str, Callable[[Path], RetrievalSet]]


def main(argv: Sequence[str] | None = None) -> None:
    """Choose the threshold, measure it, and write the result."""
    parser = argparse.ArgumentParser("python -m eval.no_match", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--most", type=int, default=200, help="questions of a set")
    parser.add_argument("--vectors", type=Path, help="folder that keeps vectors between runs")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    begun = time.perf_counter()
    encoder = Remembered(shelf().retriever(), given.vectors)
    rest = (given.data_dir, given.most, encoder)
    nearest = _asked(DEVELOPMENT, development_sets.SETS, _similarity, *rest)
    errors = {str(threshold): _errors(nearest, threshold) for threshold in GRID}
    chosen = max(threshold for threshold in GRID if errors[str(threshold)]["missed"] <= MISSED)
    told = _asked(HELD_OUT, retrieval_sets.SETS, _told, *rest)
    every = (nearest, told)
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data=", ".join([*DEVELOPMENT, *HELD_OUT]),
        size=sum(len(side) for read in every for sides in read.values() for side in sides),
        libraries=("openvino", "faiss-cpu", "bm25s"),
    )
    what = {
        "encoder": encoder.name,
        "chosen": chosen,
        "used": NEAREST.get(encoder.name),
        "development": errors,
        "held_out": {name: _shares(own, foreign, 0.5) for name, (own, foreign) in told.items()},
    }
    print(provenance.write("no-match", what, origin, given.results))


def _asked(
    collections: Mapping[str, Sequence[str]],
    read: Read,
    measure: Callable[[Collection, str, Remembered], float],
    data: Path,
    most: int,
    encoder: Remembered,
) -> dict[str, tuple[list[float], list[float]]]:
    """Return of each collection what `measure` says of its own questions and of those of others."""
    names = {*collections, *(name for others in collections.values() for name in others)}
    sets = {name: read[name](data) for name in names}
    found = {}
    for name, others in collections.items():
        with bar(name) as progress:
            collection = collect(sets[name].documents, encoder, progress)
        sides = (
            [measure(collection, text, encoder) for one in own for text in _drawn(sets[one], most)]
            for own in ((name,), others)
        )
        own, foreign = sides
        found[name] = (own, foreign)
    return found


def _drawn(read: RetrievalSet, most: int) -> list[str]:
    queries = random.Random(SEED).sample(read.queries, min(most, len(read.queries)))
    return [query.text[: core.LONGEST] for query in queries]


def _similarity(collection: Collection, text: str, encoder: Remembered) -> float:
    return collection.nearest(encoder.encode([text], "query")[0], 1)[0][1]


def _told(collection: Collection, text: str, encoder: Remembered) -> float:
    """Return 1 where the search says that it found what was asked for, 0 where it does not."""
    asked = core.question(text, "en", 5)
    return float(bool(core.search(collection, asked, encoder.encode([text], "query")[0]).good))


def _errors(
    nearest: Mapping[str, tuple[list[float], list[float]]], threshold: float
) -> dict[str, Any]:
    rows = {name: _shares(own, foreign, threshold) for name, (own, foreign) in nearest.items()}
    means = {
        error: round(sum(row[error] for row in rows.values()) / len(rows), 4)
        for error in ("missed", "false")
    }
    return {**means, "sets": rows}


def _shares(own: Sequence[float], foreign: Sequence[float], threshold: float) -> dict[str, Any]:
    """Return how often an answer was called none, and how often none was called an answer."""
    return {
        "own": len(own),
        "missed": round(sum(one < threshold for one in own) / len(own), 4),
        "foreign": len(foreign),
        "false": round(sum(one >= threshold for one in foreign) / len(foreign), 4),
    }


if __name__ == "__main__":
    main()
