"""Measure the search: BM25, the encoder before and after tuning, both joined, and read again.

`python -m eval.search --data-dir ../shared/datasets [--sets xquad_ru,npl]` asks every question of
every set through the tool's own code and writes `eval/results/search.json`: every metric with its
interval, paired comparisons of the rows, and how much is left with fewer numbers a vector. The
cross-encoder takes half a second a question: of each set it is asked at most `--reranked` questions,
always the same ones, and is compared on these. Of our own questions the result also holds the rank of
the first right article in each row: the page shows wins and losses from it
(`samovar/search/changes.py`).
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval.metrics import retrieval
from eval.sets.retrieval_sets import SETS, Query, RetrievalSet
from eval.systems.cached_encoder import Remembered, Shortened
from eval.systems.cached_reranker import RememberedScores
from samovar.figures import provenance, statistics
from samovar.figures.results import RESULTS
from samovar.models.base import Encoder, Reranker
from samovar.models.shelf import shelf
from samovar.search import core
from samovar.search.index import bar
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection

COMPARED = (
    ("tuned", "base"),
    ("hybrid", "bm25"),
    ("hybrid", "base"),
    ("hybrid", "tuned"),
    ("rerank", "hybrid"),
)
"""Rows that are tested against each other, the newer one first."""
LENGTHS = (192, 96)
"""Numbers of a shortened vector."""
OURS = "encyclopedia_"
SEED = 0
Lists = dict[str, Sequence[list[str] | None]]
"""Row → the ids found for each question, best first; None where it was not asked."""


def main(argv: Sequence[str] | None = None) -> None:
    """Measure every set; the result is written after each, so that a stop keeps what is done."""
    parser = argparse.ArgumentParser("python -m eval.search", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--sets", default=",".join(SETS), help="names, separated by commas")
    parser.add_argument("--reranked", type=int, default=300, help="questions of a set; 0: all")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    names = given.sets.split(",")
    begun = time.perf_counter()
    base = Remembered(shelf().encoder())
    tuned = base if shelf().retriever().name == base.name else Remembered(shelf().retriever())
    reranker = RememberedScores(shelf().reranker()) if shelf().offers("reranker") else None
    measured: dict[str, Any] = {}
    ours: dict[str, Any] = {}
    for name in names:
        retrieval_set = SETS[name](given.data_dir)
        lists = answered(retrieval_set, base, tuned, reranker, name, given.reranked)
        measured[name] = figures(retrieval_set, lists)
        if name.startswith(OURS):
            ours[name.removeprefix(OURS)] = ranks(retrieval_set.queries, lists)
        origin = provenance.here(
            seed=SEED,
            wall_seconds=time.perf_counter() - begun,
            data=", ".join(measured),
            size=sum(row["queries"] for row in measured.values()),
            libraries=("openvino", "faiss-cpu", "bm25s", "PyStemmer"),
        )
        what = {
            "base": base.name,
            "tuned": tuned.name if tuned.name != base.name else None,
            "engine": shelf().choice("retriever").engine,
            "reranker": reranker.name if reranker else None,
            **({"reranker_ms": round(reranker.milliseconds, 1)} if reranker else {}),
            "sets": measured,
            "questions": ours,
        }
        print(provenance.write("search", what, origin, given.results))


def answered(
    retrieval_set: RetrievalSet,
    base: Encoder,
    tuned: Encoder,
    reranker: Reranker | None,
    name: str,
    reranked: int = 0,
) -> Lists:
    """Return what every row finds for the questions of a set.

    `name` stands at the progress bar; the reranker is asked `reranked` questions, 0 for all.
    """
    lists: Lists = {}
    with bar(name) as progress:
        before = collect(retrieval_set.documents, base, progress)
        after = collect(retrieval_set.documents, tuned, progress)
    both = {"base": (base, before), "tuned": (tuned, after)}
    if base.name == tuned.name:  # no adapter on this machine
        del both["tuned"]
    lists["bm25"] = _ranked_ids(before, retrieval_set, base, "bm25")
    for row, (encoder, collection) in both.items():
        lists[row] = _ranked_ids(collection, retrieval_set, encoder, "dense")
    lists["hybrid"] = _ranked_ids(after, retrieval_set, tuned, "hybrid")
    if reranker:
        lists["rerank"] = _ranked_ids(after, retrieval_set, tuned, "rerank", reranker, reranked)
    for row, (encoder, _) in both.items():
        for length in LENGTHS:
            short = Shortened(encoder, length)
            lists[f"{row} {length}"] = _ranked_ids(
                collect(retrieval_set.documents, short), retrieval_set, short, "dense"
            )
    return lists


def _ranked_ids(
    collection: Collection,
    asked: RetrievalSet,
    encoder: Encoder,
    mode: str,
    reranker: Reranker | None = None,
    most: int = 0,
) -> list[list[str] | None]:
    """Return the ids found for every question, best first, at most a hundred.

    With `most`, only so many questions are asked, drawn by SEED.
    """
    count = len(asked.queries)
    drawn = set(random.Random(SEED).sample(range(count), min(most or count, count)))
    texts = [query.text[: core.LONGEST] for query in asked.queries]
    vectors = encoder.encode(texts, "query") if mode != "bm25" else [None] * len(texts)
    wanted: Mapping[str, str] = asked.filters
    lists: list[list[str] | None] = [None] * count
    for at in tqdm(sorted(drawn), mode, file=sys.stderr, leave=False):
        text, vector = texts[at], vectors[at]
        question = core.question(text, "en", retrieval.DEPTH, mode, dict(wanted), collection.fields)
        lists[at] = [hit.id for hit in core.search(collection, question, vector, reranker).hits]
    return lists


def figures(retrieval_set: RetrievalSet, lists: Lists) -> dict[str, Any]:
    """Return the metrics of every row, the comparisons, and nDCG@10 of shortened vectors."""
    values = {row: scores(retrieval_set.queries, each) for row, each in lists.items()}
    return {
        "documents": len(retrieval_set.documents),
        "queries": len(retrieval_set.queries),
        "rows": {row: intervals(each) for row, each in values.items() if " " not in row},
        "compared": {
            f"{new} - {old}": retrieval.compared(
                values[new]["ndcg_10"],
                scores(retrieval_set.queries, _asked(lists, old, new))["ndcg_10"],
                SEED,
            )
            for new, old in COMPARED
            if {new, old} <= set(values)
        },
        **_sampled(retrieval_set, lists),
        "shortened": {
            row: round(sum(each["ndcg_10"]) / len(each["ndcg_10"]), 4)
            for row, each in values.items()
            if " " in row
        },
    }


def ranks(queries: Sequence[Query], lists: Lists) -> list[dict[str, Any]]:
    """Return of every question its text and the rank of the first right document in each row."""
    return [
        {
            "query": query.text,
            **{
                row: retrieval.first(ids, query.relevant)
                for row, each in lists.items()
                if " " not in row and (ids := each[at]) is not None
            },
        }
        for at, query in enumerate(queries)
    ]


def scores(
    queries: Sequence[Query], lists: Sequence[Sequence[str] | None]
) -> dict[str, list[float]]:
    """Return every metric of every question that was asked."""
    pairs = zip(queries, lists, strict=True)
    asked = [(query.relevant, ids) for query, ids in pairs if ids is not None]
    return {
        name: [metric(ids, relevant) for relevant, ids in asked]
        for name, metric in retrieval.METRICS.items()
    }


def _asked(lists: Lists, row: str, other: str) -> list[list[str] | None]:
    """Return what `row` found for the questions that `other` was asked."""
    pairs = zip(lists[row], lists[other], strict=True)
    return [ids if there is not None else None for ids, there in pairs]


def _sampled(retrieval_set: RetrievalSet, lists: Lists) -> dict[str, Any]:
    """Return how many questions the reranker was asked, if not all, and the joined ranking on these."""
    count = sum(ids is not None for ids in lists.get("rerank", ()))
    if count in (0, len(retrieval_set.queries)):
        return {}
    joined = intervals(scores(retrieval_set.queries, _asked(lists, "hybrid", "rerank")))
    return {"sampled": {"queries": count, "hybrid": joined}}


def intervals(values: dict[str, list[float]]) -> dict[str, Any]:
    """Return the mean of every metric with its interval."""
    means = {name: statistics.mean(each, SEED) for name, each in values.items()}
    return {
        name: {"value": round(mean.value, 4), "interval": [round(mean.low, 4), round(mean.high, 4)]}
        for name, mean in means.items()
    }


if __name__ == "__main__":
    main()
