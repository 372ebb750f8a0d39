"""Measure the search for exact words: numbers, names, codes, quotes and rare words, typed as people do.

`python -m eval.search_exact` asks the queries of `data/questions/exact-*.jsonl`, both halves, and writes
`eval/results/search-exact.json`: how often a right document comes first by BM25, by meaning and by both,
with and without what exact words add. The constants were chosen on the development half only.

`--sets xquad_en,stackfaq --data-dir ../shared/datasets` also asks the sets of `eval.search`, to tell
whether exact words cost anything there. `--vectors FOLDER` keeps the vectors of an interrupted run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from eval.metrics import retrieval
from eval.sets.exact_sets import ExactQuery, ExactSet, exact_sets
from eval.sets.retrieval_sets import SETS
from eval.systems.cached_encoder import Remembered
from eval.systems.without_exact import without_exact
from samovar.figures import provenance, statistics
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf
from samovar.search import core
from samovar.search.index import bar
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection

MODES = ("bm25", "dense", "hybrid")
PARTS = ("development", "test")
DEPTH = 10
SEED = 0


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and write the result."""
    parser = argparse.ArgumentParser("python -m eval.search_exact", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--sets", default="", help="sets of eval.search, separated by commas")
    parser.add_argument("--vectors", type=Path, help="folder that keeps vectors between runs")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    begun = time.perf_counter()
    encoder = Remembered(shelf().retriever(), given.vectors)
    sets = exact_sets()
    exact = {part: _part([one.of(part) for one in sets], encoder) for part in PARTS}
    names = [name for name in given.sets.split(",") if name]
    others = {name: _other(name, given.data_dir, encoder) for name in names}
    queries = sum(len(one.queries) for one in sets)
    origin = provenance.here(
        seed=SEED,
        wall_seconds=time.perf_counter() - begun,
        data=", ".join(["exact-encyclopedia", "exact-codes", *others]),
        size=queries + sum(one["queries"] for one in others.values()),
        libraries=("openvino", "faiss-cpu", "bm25s", "PyStemmer"),
    )
    what = {"encoder": encoder.name, "exact": exact, "others": others}
    print(provenance.write("search-exact", what, origin, given.results))


def _part(sets: Sequence[ExactSet], encoder: Remembered) -> dict[str, Any]:
    """Return how often a right document comes first in each row, by kind, and which queries fail."""
    firsts: dict[str, list[int]] = {}
    asked: list[ExactQuery] = []
    refused: list[ExactQuery] = []
    told = 0
    for one in sets:
        with bar("passages") as progress:
            collection = collect(one.documents, encoder, progress)
        answerable = [query for query in one.queries if query.relevant]
        asked += answerable
        for row, mode, exact in _rows():
            lists = _lists(collection, [q.text for q in answerable], encoder, mode, exact)
            firsts.setdefault(row, []).extend(
                retrieval.first(ids, query.relevant)
                for query, ids in zip(answerable, lists, strict=True)
            )
        without = [query for query in one.queries if not query.relevant]
        refused += without
        told += sum(_good(collection, query.text, encoder) is False for query in without)
    return {
        "queries": len(asked),
        "rows": {row: _first(ranks) for row, ranks in firsts.items()},
        "kinds": {
            kind: {
                "queries": sum(query.kind == kind for query in asked),
                **{row: _share(ranks, asked, kind) for row, ranks in firsts.items()},
            }
            for kind in sorted({query.kind for query in asked})
        },
        "failed": [
            {"query": query.text, "rank": rank}
            for query, rank in zip(asked, firsts["hybrid"], strict=True)
            if rank != 1
        ],
        "absent": {"queries": len(refused), "told": told},
    }


def _rows() -> Iterator[tuple[str, str, bool]]:
    """Yield (row, mode, whether exact words count)."""
    for mode in MODES:
        yield f"{mode} without", mode, False
        yield mode, mode, True


def _lists(
    collection: Collection, texts: Sequence[str], encoder: Remembered, mode: str, exact: bool
) -> list[list[str]]:
    vectors = encoder.encode(texts, "query")
    lists = []
    for text, vector in tqdm(zip(texts, vectors, strict=True), mode, file=sys.stderr, leave=False):
        asked = core.question(text[: core.LONGEST], "en", DEPTH, mode)
        search = core.search if exact else without_exact
        lists.append([hit.id for hit in search(collection, asked, vector).hits])
    return lists


def _good(collection: Collection, text: str, encoder: Remembered) -> bool | None:
    asked = core.question(text, "en", DEPTH)
    return core.search(collection, asked, encoder.encode([text], "query")[0]).good


def _first(ranks: Sequence[int]) -> dict[str, Any]:
    mean = statistics.mean([float(rank == 1) for rank in ranks], SEED)
    return {"value": round(mean.value, 4), "interval": [round(mean.low, 4), round(mean.high, 4)]}


def _share(ranks: Sequence[int], asked: Sequence[ExactQuery], kind: str) -> float:
    own = [rank == 1 for rank, query in zip(ranks, asked, strict=True) if query.kind == kind]
    return round(sum(own) / len(own), 4)


def _other(name: str, data: Path, encoder: Remembered) -> dict[str, Any]:
    """Return nDCG@10 of the joined ranking on a set, with and without exact words, compared."""
    read = SETS[name](data)
    with bar(name) as progress:
        collection = collect(read.documents, encoder, progress)
    values = {}
    for exact in (False, True):
        texts = [query.text[: core.LONGEST] for query in read.queries]
        lists = _lists(collection, texts, encoder, "hybrid", exact)
        pairs = zip(lists, read.queries, strict=True)
        values[exact] = [retrieval.ndcg(ids, query.relevant) for ids, query in pairs]
    return {
        "documents": len(read.documents),
        "queries": len(read.queries),
        "without": round(sum(values[False]) / len(values[False]), 4),
        "with": round(sum(values[True]) / len(values[True]), 4),
        "compared": retrieval.compared(values[True], values[False], SEED),
    }


if __name__ == "__main__":
    main()
