"""How FAISS keeps the vectors of one part, chosen by their number."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.phrases import Phrase

NEIGHBOURS, BUILD_WIDTH, SEARCH_WIDTH = 32, 28, 256
"""Of HNSW: links of a vector, candidates while building and while searching."""
PROBED = 16
"""Of the inverted lists, one in so many is searched."""
REFINED = 8
"""Candidates by 1-bit code for each result, scored again by their 8-bit vectors."""
TRAINED = 200_000
"""Vectors that the lists are learned from."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Name one way of keeping vectors, up to how many it is taken, and why."""

    name: str
    up_to: int
    why: Phrase


LADDER = (
    Structure(
        "flat",
        20_000,
        Phrase(
            "flat: {count:,} vectors, and up to {up_to:,} an exact search takes a few milliseconds",
            "flat: векторов {count:,}, а до {up_to:,} точный поиск занимает несколько миллисекунд",
        ),
    ),
    Structure(
        "hnsw",
        1_000_000,
        Phrase(
            "hnsw: {count:,} vectors are too many for an exact search in a few milliseconds; a graph "
            "of neighbours finds nearly the same, with the vectors in memory",
            "hnsw: векторов {count:,}, для точного поиска за миллисекунды их много; граф соседей "
            "находит почти то же, векторы остаются в памяти",
        ),
    ),
    Structure(
        "rabitq",
        sys.maxsize,
        Phrase(
            "rabitq: {count:,} vectors would fill the memory; 1-bit codes in inverted lists choose "
            "candidates, 8-bit vectors order them",
            "rabitq: векторов {count:,}, они заняли бы память; однобитные коды в инвертированных "
            "списках выбирают кандидатов, восьмибитные векторы упорядочивают",
        ),
    ),
)
STRUCTURES = tuple(row.name for row in LADDER)
FIXED = Phrase("{name}: {count:,} vectors, as asked", "{name}: векторов {count:,}, как задано")


def choose(count: int, fixed: str = "") -> Structure:
    """Return the structure for `count` vectors, or the one named `fixed`."""
    return next(row for row in LADDER if row.name == fixed or (not fixed and count <= row.up_to))


def reason(count: int, name: str, fixed: str = "") -> Phrase:
    """Return why `count` vectors are kept as `name`."""
    row = choose(count, name)
    values = {"name": name, "count": count, "up_to": row.up_to}
    why = FIXED if fixed else row.why
    return Phrase(why.say("en", **values), why.say("ru", **values))


def connect(index: Any) -> None:
    """Let `index`, a graph, use all links of what is added from now on; no file keeps this.

    Without it vectors that nearly coincide get few, and one in twelve of the nearest is missed.
    """
    index.keep_max_size_level0 = True


def looking(name: str, depth: int) -> Any:
    """Return how FAISS has to search `name` for `depth` results: a graph no narrower than that."""
    import faiss

    if name != "hnsw":
        return None
    return faiss.SearchParametersHNSW(  # type: ignore[attr-defined]
        efSearch=max(SEARCH_WIDTH, depth)
    )


def built(name: str, vectors: NDArray[np.float32]) -> Any:
    """Return a FAISS index by inner product that holds `vectors`, float32 [n, dimensions]."""
    import faiss

    count, dimensions = vectors.shape
    metric = faiss.METRIC_INNER_PRODUCT
    index: Any
    if name == "hnsw":
        index = faiss.IndexHNSWFlat(dimensions, NEIGHBOURS, metric)
        index.hnsw.efConstruction, index.hnsw.efSearch = BUILD_WIDTH, SEARCH_WIDTH
        connect(index)
    elif name == "rabitq":
        lists = max(1, min(int(4 * math.sqrt(count)), count // 39))
        index = faiss.index_factory(dimensions, f"IVF{lists},RaBitQ,Refine(SQ8)", metric)
        index.k_factor = REFINED
        faiss.extract_index_ivf(index).nprobe = max(8, math.ceil(lists / PROBED))
        sample = np.random.default_rng(0).permutation(count)[:TRAINED]
        index.train(vectors[np.sort(sample)])
    else:
        index = faiss.IndexFlatIP(dimensions)
    index.add(vectors)
    return index
