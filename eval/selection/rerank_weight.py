"""Choose how much the reranker counts against the ranking before it, on sets that measure nothing.

`python -m eval.selection.rerank_weight --data-dir ../shared/datasets` reranks questions of every development
set with every weight of GRID and writes `eval/results/rerank-weight.json`. Of the weights under which no
set loses significantly it chooses the one with the highest mean of nDCG@10; it then belongs into
`samovar/search/ranking/reranking.py`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval.metrics import retrieval
from eval.sets.development_sets import SETS
from eval.sets.retrieval_sets import RetrievalSet
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.base import Encoder, Reranker
from samovar.models.shelf import shelf
from samovar.search import core
from samovar.search.index import bar
from samovar.search.passages.assembly import collect, titled
from samovar.search.ranking import reranking

GRID = (0.0, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.08, 0.15, 0.3)
"""Weights that are tried, in spreads of the encoder for each point of the reranker's score."""
ALONE = "alone"
"""The reranker's order without the one before it: shown, never chosen."""
LEVEL = 0.05
"""A set that is worse with a smaller p loses significantly."""
SEED = 0


@dataclass(frozen=True, slots=True)
class Reranked:
    """Hold what was found for one question and what the reranker says of it."""

    ids: tuple[str, ...]
    before: tuple[float, ...]
    """Scores of the ranking before."""
    scores: tuple[float, ...]
    spread: float
    relevant: frozenset[str]

    def order(self, weight: float | None) -> list[str]:
        """Return the ids, best first, with this weight of the reranker; None is the reranker alone."""
        values: Sequence[float] = self.scores
        if weight is not None:
            values = reranking.joined(self.before, self.scores, weight * self.spread)
        places = sorted(range(len(self.ids)), key=lambda at: (-values[at], at))
        return [self.ids[at] for at in places]


def main(argv: Sequence[str] | None = None) -> None:
    """Rerank every set, choose, and write the result."""
    parser = argparse.ArgumentParser("python -m eval.selection.rerank_weight", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--sets", default=",".join(SETS), help="names, separated by commas")
    parser.add_argument("--most", type=int, default=200, help="questions of a set")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    encoder, reranker = shelf().retriever(), shelf().reranker()
    begun = time.perf_counter()
    measured: dict[str, Any] = {}
    for name in given.sets.split(","):
        retrieval_set = drawn(SETS[name](given.data_dir), given.most)
        sizes = {"documents": len(retrieval_set.documents), "queries": len(retrieval_set.queries)}
        measured[name] = sizes | weighed(reranked(retrieval_set, encoder, reranker, name))
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data=", ".join(measured),
        size=sum(sizes["queries"] for sizes in measured.values()),
        libraries=("openvino", "faiss-cpu", "bm25s"),
    )
    what = {
        "reranker": reranker.name,
        "encoder": encoder.name,
        "read": reranking.READ,
        "chosen": chosen(measured),
        "mean": means(measured),
        "sets": measured,
    }
    print(provenance.write("rerank-weight", what, origin, given.results))


def drawn(retrieval_set: RetrievalSet, most: int) -> RetrievalSet:
    """Return the set with at most `most` of its questions."""
    queries = random.Random(SEED).sample(
        retrieval_set.queries, min(most, len(retrieval_set.queries))
    )
    return replace(retrieval_set, queries=tuple(queries))


def reranked(
    retrieval_set: RetrievalSet, encoder: Encoder, reranker: Reranker, name: str
) -> list[Reranked]:
    """Return what the joined ranking and the reranker say of every question of a set."""
    with bar(name) as progress:
        collection = collect(retrieval_set.documents, encoder, progress)
    texts = [query.text[: core.LONGEST] for query in retrieval_set.queries]
    vectors = encoder.encode(texts, "query")
    read = []
    rows = zip(retrieval_set.queries, texts, vectors, strict=True)
    for query, text, vector in tqdm(rows, name, len(texts), file=sys.stderr, leave=False):
        asked = core.question(text, "en", reranking.READ)
        hits = core.search(collection, asked, vector).hits
        scores = reranker.score(text, [titled(hit.title, hit.text) for hit in hits])
        read.append(
            Reranked(
                tuple(hit.id for hit in hits),
                tuple(hit.score for hit in hits),
                tuple(scores.tolist()),
                collection.offsets.spread,
                query.relevant,
            )
        )
    return read


def weighed(read: Sequence[Reranked]) -> dict[str, Any]:
    """Return the mean nDCG@10 of a set with every weight, and its comparison with the ranking before."""
    before = _values(read, 0.0)
    rows = {str(weight): _values(read, weight) for weight in GRID} | {ALONE: _values(read, None)}
    return {
        "ndcg_10": {name: round(sum(row) / len(row), 4) for name, row in rows.items()},
        "compared": {name: _tested(row, before) for name, row in rows.items() if name != "0.0"},
    }


def means(measured: Mapping[str, Any]) -> dict[str, float]:
    """Return the mean over the sets of nDCG@10 with every weight."""
    rows = [one["ndcg_10"] for one in measured.values()]
    return {name: round(sum(row[name] for row in rows) / len(rows), 4) for name in rows[0]}


def chosen(measured: Mapping[str, Any]) -> float:
    """Return the weight with the highest mean among those under which no set loses significantly.

    Of equal ones it is the smallest; 0 when every other one makes some set lose.
    """
    mean = means(measured)
    safe = [weight for weight in GRID if not _loses(measured, str(weight))]
    return max(safe, key=lambda weight: (mean[str(weight)], -weight))


def _loses(measured: Mapping[str, Any], weight: str) -> bool:
    tests = [one["compared"].get(weight) for one in measured.values()]
    return any(test["loses"] for test in tests if test)


def _tested(row: Sequence[float], before: Sequence[float]) -> dict[str, Any]:
    test = retrieval.compared(row, before, SEED)
    return test | {"loses": bool(test["p"] < LEVEL and test["difference"]["value"] < 0)}


def _values(read: Sequence[Reranked], weight: float | None) -> list[float]:
    return [retrieval.ndcg(one.order(weight), one.relevant) for one in read]


if __name__ == "__main__":
    main()
