"""A collection of documents that can be searched: its passages, their vectors and their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Encoder, Progress
from samovar.search import chunks, corpus, filters
from samovar.search.corpus import Document
from samovar.search.words import WordIndex, script


@dataclass(frozen=True)
class Passage:
    """Hold one piece of the document with number `owner`."""

    owner: int
    text: str


@dataclass(frozen=True)
class Collection:
    """Hold what a search needs, in memory; `encoder` and `revision` say whose vectors these are."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    vectors: Any
    """A FAISS index by inner product: exact, because of the sizes met here (up to 10⁶ passages)."""
    words: WordIndex
    encoder: str
    revision: str

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Return the metadata fields that some document has."""
        return filters.fields(self.documents)

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """Return the script of each document, such as LATIN or CYRILLIC."""
        return tuple(script(document.text) for document in self.documents)

    @cached_property
    def fingerprint(self) -> str:
        """Return the hash of the documents."""
        return corpus.fingerprint(self.documents)

    def nearest(self, vector: NDArray[np.float32], depth: int) -> list[tuple[int, float]]:
        """Return at most `depth` (passage, cosine), best first."""
        scores, places = self.vectors.search(vector[None], min(depth, len(self.passages)))
        return [(int(at), float(score)) for at, score in zip(places[0], scores[0], strict=True)]


def collect(
    documents: tuple[Document, ...], encoder: Encoder, progress: Progress | None = None
) -> Collection:
    """Return a collection of `documents`, at least one; each passage is read with its title."""
    import faiss

    passages = tuple(
        Passage(owner, text)
        for owner, document in enumerate(documents)
        for text in chunks.passages(document.text)
    )
    texts = [_titled(documents[passage.owner].title, passage.text) for passage in passages]
    vectors = faiss.IndexFlatIP(encoder.dimensions)
    vectors.add(encoder.encode(texts, "passage", progress))
    words = WordIndex.of(texts)
    return Collection(documents, passages, vectors, words, encoder.name, encoder.revision)


def _titled(title: str, text: str) -> str:
    return text if not title or text.startswith(title) else f"{title}. {text}"
