"""Vectors in Milvus: a file by Milvus Lite, or a cluster by URL, through the same client."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from samovar.errors import StoreError
from samovar.phrases import Phrase
from samovar.search.documents.filters import Filters
from samovar.search.stores.base import Row, Vectors
from samovar.search.stores.expression import METADATA, PART, expression, part_of, stored
from samovar.search.stores.milvus_client import connected, is_file, told

KEY, VECTOR = "key", "vector"
BATCH = 1000
"""Rows in one request: 4 MB of a large encoder's vectors, far below what a server accepts."""
EXACT = "FLAT"
"""Index of a file. Milvus Lite goes through every row in any case, and the graph of neighbours that is
its default looks at 64 of them, however many are wanted."""
ABSENT = Phrase(
    "Milvus at {place} has no collection {name}.", "В Milvus по адресу {place} нет набора {name}."
)
REBUILD = Phrase("Build the index again.", "Постройте индекс заново.")
UNKNOWN = Phrase(
    "Milvus at {place} misses the vector {key}.", "В Milvus по адресу {place} нет вектора {key}."
)
FILE = Phrase("milvus: a file, {place}, by Milvus Lite", "milvus: файл {place}, через Milvus Lite")
CLUSTER = Phrase("milvus: the server {place}, as asked", "milvus: сервер {place}, как задано")


class MilvusStore:
    """Keep vectors in the collection `name`; what is added is there for every reader at once."""

    limit = 16_384
    """A server gives no more results than that."""
    shared = True

    def __init__(self, place: str, name: str, dimensions: int, token: str = "", new: bool = False):
        """Connect to `place`, a path ending in .db or a URL; `new` makes the collection.

        Raises:
            StoreError: the client is not installed, nothing answers, or there is no such collection.
        """
        self._place, self._name, self._dimensions = place, name, dimensions
        if is_file(place) and not new and not Path(place).exists():  # it would be made, empty
            raise StoreError(ABSENT, REBUILD, place=place, name=name)
        self._client = connected(place, token)
        with told(place):
            if new:
                _create(self._client, name, dimensions, EXACT if is_file(place) else "AUTOINDEX")
            elif not self._client.has_collection(name):
                raise StoreError(ABSENT, REBUILD, place=place, name=name)
            self._client.load_collection(name)

    @property
    def reason(self) -> Phrase:
        """Return where the vectors are."""
        why = FILE if is_file(self._place) else CLUSTER
        return Phrase(why.say("en", place=self._place), why.say("ru", place=self._place))

    def add(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Add `rows` with their unit vectors, float32 [rows, dimensions]; a known key is replaced.

        Raises:
            StoreError: Milvus does not answer.
        """
        for start in range(0, len(rows), BATCH):
            batch = [
                {
                    KEY: row.key,
                    PART: part_of(row.part),
                    METADATA: stored(row.metadata),
                    VECTOR: vector,
                }
                for row, vector in zip(
                    rows[start : start + BATCH],
                    vectors[start : start + BATCH].tolist(),
                    strict=True,
                )
            ]
            with told(self._place):
                self._client.upsert(self._name, batch)

    def delete(self, keys: Collection[int]) -> None:
        """Remove `keys`; an unknown one is nothing to remove.

        Raises:
            StoreError: Milvus does not answer.
        """
        for batch in _batches(sorted(keys)):
            with told(self._place):
                self._client.delete(self._name, ids=batch)

    def search(
        self, vector: Vectors, depth: int, parts: Collection[str], where: Filters = ()
    ) -> list[tuple[int, float]]:
        """Return at most `depth` (key, inner product) of `parts` that pass `where`, best first.

        Raises:
            StoreError: Milvus does not answer.
        """
        if not parts or depth < 1:
            return []
        with told(self._place):
            answers = self._client.search(
                self._name,
                [vector.tolist()],
                filter=expression(where, parts),
                limit=min(depth, self.limit),
                search_params={"metric_type": "IP"},
                anns_field=VECTOR,
            )
        hits = [(int(hit[KEY]), float(hit["distance"])) for hit in answers[0]]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def filter(self, where: Filters) -> list[int]:
        """Return the keys whose metadata pass `where`, ascending.

        Raises:
            StoreError: Milvus does not answer.
        """
        return sorted(int(row[KEY]) for row in self._rows(expression(where), [KEY]))

    def vectors(self, keys: Sequence[int]) -> Vectors:
        """Return the vectors of `keys` in their order, float32 [keys, dimensions].

        Raises:
            StoreError: Milvus does not answer, or misses one of them.
        """
        vectors = np.empty((len(keys), self._dimensions), np.float32)
        for start, batch in zip(range(0, len(keys), BATCH), _batches(list(keys)), strict=True):
            with told(self._place):
                rows = self._client.get(self._name, ids=batch, output_fields=[KEY, VECTOR])
            known = {int(row[KEY]): row[VECTOR] for row in rows}
            for at, key in enumerate(batch, start):
                if key not in known:
                    raise StoreError(UNKNOWN, REBUILD, place=self._place, key=key)
                vectors[at] = known[key]
        return vectors

    def count(self) -> int:
        """Return how many vectors it holds.

        Raises:
            StoreError: Milvus does not answer.
        """
        with told(self._place):
            rows = self._client.query(self._name, filter="", output_fields=["count(*)"])
        return int(rows[0]["count(*)"])

    def persist(self, folder: Path) -> None:
        """Seal what was added; nothing is written to `folder`.

        Raises:
            StoreError: Milvus does not answer.
        """
        with told(self._place):
            self._client.flush(self._name)

    def close(self) -> None:
        """Close the connection; a file stays open for the other readers of this process."""
        self._client.close()

    def _rows(self, wanted: str, fields: list[str]) -> Iterator[dict[str, Any]]:
        with told(self._place):
            pages = self._client.query_iterator(
                self._name, filter=wanted, output_fields=fields, batch_size=BATCH
            )
            while page := pages.next():
                yield from page
            pages.close()


def _create(client: Any, name: str, dimensions: int, kind: str) -> None:
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(KEY, DataType.INT64, is_primary=True)
    schema.add_field(PART, DataType.VARCHAR, max_length=200)
    schema.add_field(METADATA, DataType.JSON)
    schema.add_field(VECTOR, DataType.FLOAT_VECTOR, dim=dimensions)
    index = MilvusClient.prepare_index_params()
    index.add_index(VECTOR, index_type=kind, metric_type="IP")
    client.create_collection(name, schema=schema, index_params=index, consistency_level="Strong")


def _batches(keys: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield list(keys[start : start + BATCH])
