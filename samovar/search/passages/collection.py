"""A collection of documents that can be searched: its passages, their vectors and their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from samovar.search.documents import corpus
from samovar.search.documents.corpus import Document
from samovar.search.documents.fields import Fields, fields_of
from samovar.search.documents.filters import Filters
from samovar.search.passages.offsets import Offsets
from samovar.search.passages.vocabulary import Vocabulary
from samovar.search.passages.words import WordIndex
from samovar.search.stores.base import Row, Store, Vectors


@dataclass(frozen=True)
class Passage:
    """Hold one piece of the document with number `owner`; `part` is the script of its document."""

    key: int
    owner: int
    part: str
    text: str


@dataclass(frozen=True)
class Collection:
    """Hold what a search needs; `encoder` and `revision` say whose vectors these are.

    Nothing in it changes: an index that changed is another collection.
    """

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    store: Store
    offsets: Offsets
    words: WordIndex
    encoder: str
    revision: str
    next_key: int

    @cached_property
    def fields(self) -> Fields:
        """Return the metadata fields that some document has, with the kinds of their values."""
        return fields_of(self.documents)

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """Return the script of each document, such as LATIN or CYRILLIC."""
        scripts = {passage.owner: passage.part for passage in self.passages}
        return tuple(scripts[owner] for owner in range(len(self.documents)))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return where a word or a number may stand."""
        return Vocabulary(self.words)

    @cached_property
    def fingerprint(self) -> str:
        """Return the hash of the documents."""
        return corpus.fingerprint(self.documents)

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Return the number of the passage of each key."""
        return {passage.key: at for at, passage in enumerate(self.passages)}

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Return how many passages each document has."""
        counts = [0] * len(self.documents)
        for passage in self.passages:
            counts[passage.owner] += 1
        return tuple(counts)

    def nearest(self, vector: Vectors, depth: int, where: Filters = ()) -> list[tuple[int, float]]:
        """Return at most `depth` (passage, score), best first; see `samovar.search.passages.offsets`.

        Raises:
            StoreError: the store does not answer.
        """
        hits = []
        for scripts, offset in self.offsets.shifts:
            shift = float(vector @ offset)
            own = self._own(vector, min(depth, self.store.limit), scripts, where)
            hits += [(self.places[key], score + shift) for key, score in own]
        return sorted(hits, key=lambda pair: (-pair[1], pair[0]))[:depth]

    def _own(
        self, vector: Vectors, depth: int, scripts: Sequence[str], where: Filters
    ) -> list[tuple[int, float]]:
        """Return what the store finds of this index; a shared one may hold an older or newer, too."""
        fetched = depth
        while True:
            hits = self.store.search(vector, fetched, scripts, where)
            own = [hit for hit in hits if hit[0] in self.places]
            if len(own) >= depth or len(hits) < fetched or fetched >= self.store.limit:
                return own[:depth]
            fetched = min(4 * fetched, self.store.limit)


def rows(
    documents: tuple[Document, ...], passages: tuple[Passage, ...] | list[Passage]
) -> list[Row]:
    """Return what a store is told of `passages`."""
    return [Row(p.key, p.part, documents[p.owner].metadata) for p in passages]
