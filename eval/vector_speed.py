"""Stores of vectors side by side: recall@10 against an exact search, time, size, at several sizes.

`python -m eval.vector_speed --data-dir ../shared/datasets` · The vectors are those of real passages, as
in `eval.search_speed`; beyond their number, copies of them moved at random.
"""

from __future__ import annotations

import argparse
import importlib.util
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.sets.running_text import SOURCE, passages
from samovar.figures import provenance
from samovar.figures.results import RESULTS
from samovar.models.shelf import shelf
from samovar.search.stores import structure
from samovar.settings import ROOT

ASKED = 200
"""Questions: vectors of passages moved at random, which no store holds."""
MOVED = 0.03
"""Standard deviation of that move, in each number of a unit vector of 384: a cosine of about 0.87."""
K = 10
OTHERS = ("usearch", "txtai")
"""Packages compared where they are installed."""
FIGURE = ROOT / "assets" / "plots" / "search-growth.png"
COLOURS = {
    "samovar": "#b5651d",
    "brute force": "#3b3a36",
    "usearch": "#6b8e8a",
    "txtai": "#9a8f7f",
}
Vectors = NDArray[np.float32]
Search = Callable[[Vectors], NDArray[np.int64]]
"""Gets one vector, returns the numbers of its K nearest."""


def main(argv: Sequence[str] | None = None) -> int:
    """Encode the passages, measure size by size and write the result after each row."""
    parser = argparse.ArgumentParser("python -m eval.vector_speed", description=__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--vectors", default="1000,10000,100000,1000000", help="sizes of stores")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(argv)
    began = time.perf_counter()
    texts = list(islice(passages(given.data_dir), given.passages))
    vectors = shelf().retriever().encode(texts, "passage")
    others = [name for name in OTHERS if importlib.util.find_spec(name)]
    rows = []
    for row in measure(vectors, [int(size) for size in given.vectors.split(",")]):
        rows.append(row)
        print(row, flush=True)
        origin = provenance.here(
            seed=0,
            wall_seconds=time.perf_counter() - began,
            data=SOURCE,
            size=len(texts),
            libraries=("faiss-cpu", *others),
        )
        provenance.write("vector-speed", {"stores": rows}, origin, given.results)
    draw(rows)
    return 0


def measure(vectors: Vectors, sizes: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield one row a store and size: seconds to build, ms a question, recall@10, MB."""
    draw = np.random.default_rng(0)
    for size in sizes:
        held = grown(vectors, size, draw)
        asked = _moved(held[draw.integers(0, size, ASKED)], draw)
        right = _exact(held, asked)
        for name, build in stores().items():
            began = time.perf_counter()
            search, megabytes = build(held)
            seconds = time.perf_counter() - began
            times, hits = [], []
            for vector in asked:
                began = time.perf_counter()
                hits.append(search(vector))
                times.append(time.perf_counter() - began)
            recalls = [len(set(a) & set(b)) / K for a, b in zip(hits, right, strict=True)]
            yield {
                "store": name,
                "vectors": size,
                "build_seconds": round(seconds, 2),
                "query_ms": round(float(np.median(times)) * 1000, 3),
                "per_second": round(len(times) / sum(times), 1),
                "recall_10": round(float(np.mean(recalls)), 4),
                "megabytes": round(megabytes, 1),
                "kind": structure.choose(size).name if name == "samovar" else "",
            }


def stores() -> dict[str, Callable[[Vectors], tuple[Search, float]]]:
    """Return what is compared: name → builder; usearch and txtai where they are installed."""
    builders: dict[str, Callable[[Vectors], tuple[Search, float]]] = {
        "brute force": _brute,
        "samovar": _own,
    }
    others = dict(zip(OTHERS, (_usearch, _txtai), strict=True))
    return builders | {
        name: build for name, build in others.items() if importlib.util.find_spec(name)
    }


def grown(vectors: Vectors, size: int, draw: np.random.Generator) -> Vectors:
    """Return `size` unit vectors: the first of `vectors`, then moved copies of them."""
    if size <= len(vectors):
        return vectors[:size]
    more = [vectors]
    while sum(map(len, more)) < size:
        more.append(_moved(vectors, draw))
    return np.concatenate(more)[:size]


def draw(rows: Sequence[dict[str, Any]], path: Path = FIGURE) -> None:
    """Draw milliseconds a question, seconds to build and megabytes over the number of vectors."""
    from matplotlib.figure import Figure

    panels = {
        "query_ms": "ms a question",
        "build_seconds": "seconds to build",
        "megabytes": "megabytes",
    }
    figure = Figure(figsize=(4.2 * len(panels), 2.8), layout="constrained")
    for place, (key, label) in enumerate(panels.items(), 1):
        axes = figure.add_subplot(1, len(panels), place)
        for name in dict.fromkeys(row["store"] for row in rows):
            points = [(row["vectors"], max(row[key], 1e-3)) for row in rows if row["store"] == name]
            style = {"marker": "o", "markersize": 3, "label": name, "color": COLOURS.get(name)}
            axes.plot(*zip(*points, strict=True), **style)
        axes.set(xscale="log", yscale="log", title=label, xlabel="vectors")
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    axes.legend(fontsize=8, frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120, metadata={"Software": None})


def _brute(vectors: Vectors) -> tuple[Search, float]:
    def search(vector: Vectors) -> NDArray[np.int64]:
        scores = vectors @ vector
        return np.argpartition(-scores, K)[:K]

    return search, vectors.nbytes / 1e6


def _own(vectors: Vectors) -> tuple[Search, float]:
    import faiss

    index = structure.built(structure.choose(len(vectors)).name, vectors)

    def search(vector: Vectors) -> NDArray[np.int64]:
        nearest: NDArray[np.int64] = index.search(vector[None], K)[1][0]
        return nearest

    return search, len(faiss.serialize_index(index)) / 1e6


def _usearch(vectors: Vectors) -> tuple[Search, float]:
    from usearch.index import Index

    index = Index(ndim=vectors.shape[1], metric="ip", dtype="f32")
    index.add(np.arange(len(vectors)), vectors)

    def search(vector: Vectors) -> NDArray[np.int64]:
        return np.asarray(index.search(vector, K).keys, np.int64)

    return search, index.serialized_length / 1e6


def _txtai(vectors: Vectors) -> tuple[Search, float]:
    from txtai.ann import ANNFactory

    index = ANNFactory.create({"backend": "faiss", "dimensions": vectors.shape[1]})
    index.index(vectors)

    def search(vector: Vectors) -> NDArray[np.int64]:
        return np.array([key for key, _ in index.search(vector[None], K)[0]], np.int64)

    with tempfile.TemporaryDirectory() as folder:
        index.save(f"{folder}/index")
        return search, (Path(folder) / "index").stat().st_size / 1e6


def _exact(vectors: Vectors, asked: Vectors) -> list[NDArray[np.int64]]:
    return [np.argsort(-(vectors @ one))[:K] for one in asked]


def _moved(vectors: Vectors, draw: np.random.Generator) -> Vectors:
    moved = vectors + draw.normal(0, MOVED, vectors.shape).astype(np.float32)
    unit: Vectors = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
    return unit


if __name__ == "__main__":
    raise SystemExit(main())
