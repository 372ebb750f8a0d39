"""The vectors of one part in FAISS: their index, their keys, and which of them are deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.search.stores import structure
from samovar.search.stores.base import Vectors

DEAD = -1
"""Stands for the key of a deleted vector: graphs and lists cannot give one up."""
SPARSE = 0.2
"""Share of deleted vectors from which the index is built again."""


class Shard:
    """Hold vectors in the structure that fits their number; it only ever moves up the ladder."""

    def __init__(self, dimensions: int, fixed: str = "") -> None:
        self._fixed = fixed
        self.name = structure.choose(0, fixed).name
        self.keys: NDArray[np.int64] = np.empty(0, np.int64)
        self.index: Any = structure.built("flat", np.empty((0, dimensions), np.float32))
        self._places: dict[int, int] = {}

    @classmethod
    def of(cls, name: str, keys: NDArray[np.int64], index: Any, fixed: str) -> Shard:
        """Return a shard around what was read from a file.

        Raises:
            ValueError: there are not as many keys as vectors, or a key twice.
        """
        self = cls(index.d, fixed)
        self.name, self.keys, self.index = name, keys, index
        self._places = _places(keys)
        if len(keys) != index.ntotal or len(self._places) != int((keys != DEAD).sum()):
            raise ValueError("keys")
        if name == "hnsw":
            structure.connect(index)
        return self

    def __len__(self) -> int:
        return len(self._places)

    def add(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Add vectors under `keys` that it does not hold."""
        grown = len(self) + len(keys)
        name = structure.choose(grown, self._fixed).name
        order = structure.STRUCTURES
        if self._fixed or order.index(name) < order.index(self.name):
            name = self.name
        if not len(self) or name != self.name or self._is_sparse():
            kept = list(self._places)
            both = np.concatenate([self.vectors(kept), vectors])
            self.name, self.keys = name, np.array([*kept, *keys], np.int64)
            self.index = structure.built(name, both)
        else:
            self.index.add(vectors)
            self.keys = np.concatenate([self.keys, np.array(keys, np.int64)])
        self._places = _places(self.keys)

    def delete(self, keys: Collection[int]) -> None:
        """Forget `keys`; those that it does not hold are left out."""
        places = [self._places.pop(key) for key in keys if key in self._places]
        self.keys = self.keys.copy()  # a search under way keeps its own
        self.keys[places] = DEAD

    def search(self, vector: Vectors, depth: int) -> list[tuple[int, float]]:
        """Return at most `depth` (key, inner product), best first."""
        keys, index, name, wanted = self.keys, self.index, self.name, min(depth, len(self))
        if not wanted:
            return []
        fetched = wanted + min(len(keys) - len(self), wanted)
        while True:
            most = min(fetched, len(keys))
            scores, places = index.search(vector[None], most, params=structure.looking(name, most))
            known = places[0] >= 0
            pairs = zip(keys[places[0][known]], scores[0][known], strict=True)
            alive = [(int(key), float(score)) for key, score in pairs if key != DEAD]
            if len(alive) >= wanted or fetched >= len(keys):
                return alive[:depth]
            fetched *= 4

    def among(self, vector: Vectors, depth: int, keys: Collection[int]) -> list[tuple[int, float]]:
        """Return the best of `keys`, compared one by one."""
        held = sorted(key for key in keys if key in self._places)
        if not held:
            return []
        scores = self.vectors(held) @ vector
        order = np.argsort(-scores, kind="stable")[:depth]
        return [(held[at], float(scores[at])) for at in order]

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """Return the vectors of `keys`, float32 [keys, dimensions].

        Raises:
            KeyError: it does not hold one of them.
        """
        places = np.array([self._places[key] for key in keys], np.int64)
        if not len(places):
            return np.empty((0, self.index.d), np.float32)
        vectors: Vectors = self.index.reconstruct_batch(places)
        return vectors

    def __contains__(self, key: int) -> bool:
        return key in self._places

    def _is_sparse(self) -> bool:
        return len(self.keys) - len(self) > SPARSE * len(self.keys)


def _places(keys: NDArray[np.int64]) -> dict[int, int]:
    return {int(key): at for at, key in enumerate(keys) if key != DEAD}
