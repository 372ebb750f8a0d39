"""Vectors in this process, by FAISS: one shard for each part."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from samovar.errors import StoreError
from samovar.phrases import Phrase
from samovar.search.documents import filters
from samovar.search.documents.filters import Filters
from samovar.search.stores import structure
from samovar.search.stores.base import Row, Vectors
from samovar.search.stores.shard import Shard

PARTS = "parts.json"
UNKNOWN = Phrase("The store has no vector {key}.", "В хранилище нет вектора {key}.")


class FaissStore:
    """Keep vectors in memory; `persist` writes them all, `load` reads them."""

    limit = 2**31
    shared = False

    def __init__(self, dimensions: int, fixed: str = "") -> None:
        """Make an empty store; `fixed` names a structure, else the number of vectors decides."""
        self._dimensions, self._fixed = dimensions, fixed
        self._shards: dict[str, Shard] = {}
        self._rows: dict[int, Row] = {}

    @classmethod
    def load(
        cls, folder: Path, rows: Iterable[Row], dimensions: int, fixed: str = ""
    ) -> FaissStore:
        """Read what `persist` wrote; `rows` are those it held, with their metadata.

        Raises:
            OSError: a file cannot be read.
            ValueError: the files do not belong together.
            RuntimeError: FAISS does not understand a file.
        """
        import faiss

        self = cls(dimensions, fixed)
        self._rows = {row.key: row for row in rows}
        said: list[list[str]] = json.loads((folder / PARTS).read_text(encoding="utf-8"))
        for number, (part, name) in enumerate(said):
            packed = np.frombuffer((folder / f"{number}.faiss").read_bytes(), np.uint8)
            keys = np.load(folder / f"{number}.npy", allow_pickle=False)
            index = faiss.deserialize_index(packed)
            if index.d != dimensions or name not in structure.STRUCTURES:
                raise ValueError(PARTS)
            self._shards[part] = Shard.of(name, keys, index, fixed)
        if any(row.key not in self._shards.get(row.part, ()) for row in self._rows.values()):
            raise ValueError(PARTS)
        return self

    @property
    def reason(self) -> Phrase:
        """Return the structure of the largest part, and why."""
        if not self._shards:
            return structure.reason(0, structure.choose(0, self._fixed).name, self._fixed)
        largest = max(self._shards.values(), key=len)
        return structure.reason(len(largest), largest.name, self._fixed)

    def add(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Add `rows` with their unit vectors, float32 [rows, dimensions]."""
        self.delete([row.key for row in rows])
        for part in dict.fromkeys(row.part for row in rows):
            at = [place for place, row in enumerate(rows) if row.part == part]
            shard = self._shards.setdefault(part, Shard(self._dimensions, self._fixed))
            shard.add([rows[place].key for place in at], vectors[at])
        self._rows.update((row.key, row) for row in rows)

    def delete(self, keys: Collection[int]) -> None:
        """Remove `keys`; an unknown one is nothing to remove."""
        known = {key: self._rows.pop(key) for key in keys if key in self._rows}
        for part in {row.part for row in known.values()}:
            self._shards[part].delete([key for key, row in known.items() if row.part == part])

    def search(
        self, vector: Vectors, depth: int, parts: Collection[str], where: Filters = ()
    ) -> list[tuple[int, float]]:
        """Return at most `depth` (key, inner product) of `parts` that pass `where`, best first."""
        shards = [self._shards[part] for part in parts if part in self._shards]
        if where:
            passing = self.filter(where)
            hits = [hit for shard in shards for hit in shard.among(vector, depth, passing)]
        else:
            hits = [hit for shard in shards for hit in shard.search(vector, depth)]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:depth]

    def filter(self, where: Filters) -> list[int]:
        """Return the keys whose metadata pass `where`, ascending."""
        return sorted(key for key, row in self._rows.items() if filters.passes(row.metadata, where))

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """Return the vectors of `keys` in their order, float32 [keys, dimensions].

        Raises:
            StoreError: it misses one of them.
        """
        missing = next((key for key in keys if key not in self._rows), None)
        if missing is not None:
            raise StoreError(UNKNOWN, key=missing)
        vectors = np.empty((len(keys), self._dimensions), np.float32)
        for part, shard in self._shards.items():
            at = [place for place, key in enumerate(keys) if self._rows[key].part == part]
            vectors[at] = shard.vectors([keys[place] for place in at])
        return vectors

    def count(self) -> int:
        """Return how many vectors it holds."""
        return len(self._rows)

    def persist(self, folder: Path) -> None:
        """Write everything into `folder`, which is there and empty.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        import faiss

        said = []
        for number, (part, shard) in enumerate(self._shards.items()):
            # not faiss.write_index: it reports a full disk as a RuntimeError in C++ words
            _written(folder / f"{number}.faiss", faiss.serialize_index(shard.index).tobytes())
            with (folder / f"{number}.npy").open("wb") as file:
                np.save(file, shard.keys)
                file.flush()
                os.fsync(file.fileno())
            said.append([part, shard.name])
        _written(folder / PARTS, json.dumps(said).encode())

    def close(self) -> None:
        """Nothing is connected."""


def _written(path: Path, content: Any) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
