"""The one interface of every store of vectors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from samovar.phrases import Phrase
from samovar.search.documents.filters import Filters

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """Name one passage: its key, the part of the store it belongs to, its document's metadata."""

    key: int
    """Given once and never to another passage of the same index."""
    part: str
    """The script of its letters, such as LATIN; a search names the parts that it looks into."""
    metadata: Mapping[str, Any]


class Store(Protocol):
    """Hold unit vectors by key. Several threads may search at once; one writes."""

    @property
    def limit(self) -> int:
        """Return how many results one search may give at most."""
        ...

    @property
    def shared(self) -> bool:
        """Tell whether readers elsewhere see a write at once, before `persist`."""
        ...

    @property
    def reason(self) -> Phrase:
        """Return how the vectors are kept, and why."""
        ...

    def add(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Add `rows` with their unit vectors, float32 [rows, dimensions]; a known key is replaced.

        Raises:
            StoreError: the store does not answer or cannot be written.
        """
        ...

    def delete(self, keys: Collection[int]) -> None:
        """Remove `keys`; an unknown one is nothing to remove.

        Raises:
            StoreError: the store does not answer or cannot be written.
        """
        ...

    def search(
        self, vector: Vectors, depth: int, parts: Collection[str], where: Filters = ()
    ) -> list[tuple[int, float]]:
        """Return at most `depth` (key, inner product) of `parts` that pass `where`, best first.

        Raises:
            StoreError: the store does not answer.
        """
        ...

    def filter(self, where: Filters) -> list[int]:
        """Return the keys whose metadata pass `where`, ascending.

        Raises:
            StoreError: the store does not answer.
        """
        ...

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """Return the vectors of `keys` in their order, float32 [keys, dimensions].

        Raises:
            StoreError: the store does not answer, or misses one of them.
        """
        ...

    def count(self) -> int:
        """Return how many vectors it holds.

        Raises:
            StoreError: the store does not answer.
        """
        ...

    def persist(self, folder: Path) -> None:
        """Make everything added so far outlast this process; a store in memory writes `folder`.

        Raises:
            OSError: the disk is full or the folder cannot be written.
            StoreError: the store does not answer.
        """
        ...

    def close(self) -> None:
        """Let go of connections; a store in memory has none."""
        ...
