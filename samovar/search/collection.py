"""A collection of documents that can be searched: its passages, their vectors and their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Encoder, Progress
from samovar.search import chunks, corpus, filters
from samovar.search.corpus import Document
from samovar.search.words import WordIndex, script

GROUP = 30
"""Passages of one script that are enough for a mean."""


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
        """Return at most `depth` (passage, score), best first; see `evened` about the score."""
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
    scripts = [script(documents[passage.owner].text) for passage in passages]
    vectors = faiss.IndexFlatIP(encoder.dimensions)
    vectors.add(evened(encoder.encode(texts, "passage", progress), scripts))
    words = WordIndex.of(texts)
    return Collection(documents, passages, vectors, words, encoder.name, encoder.revision)


def evened(vectors: NDArray[np.float32], scripts: Sequence[str]) -> NDArray[np.float32]:
    """Return `vectors` with the mean of every script moved to the mean of all.

    E5 puts texts of one language closer together than their meaning alone would, and a question
    then finds its own language first. Tried on a collection half English and half Russian (XQuAD):
    with this offset the right article of the other language came first nearly twice as often, and
    within one language one question in a hundred lost its first place. A small group stays as it
    is: its mean would say more of its topic than of its language. In a collection of one script
    nothing changes and the scores are cosines.
    """
    moved = vectors.copy()
    named = np.array(scripts)
    large = [name for name, n in Counter(scripts).items() if n >= GROUP]
    whole = vectors[np.isin(named, large)].mean(0) if large else 0
    for name in large:
        own = named == name
        moved[own] += whole - vectors[own].mean(0)
    return moved


def _titled(title: str, text: str) -> str:
    return text if not title or text.startswith(title) else f"{title}. {text}"
