"""Make a collection of documents: what is unchanged comes from an older one, the rest is encoded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from samovar.models.base import Encoder, Progress
from samovar.search.documents import chunks
from samovar.search.documents.corpus import Document
from samovar.search.passages.collection import Collection, Passage, rows
from samovar.search.passages.offsets import Offsets
from samovar.search.passages.words import Terms, WordIndex, script
from samovar.search.stores.base import Store, Vectors
from samovar.search.stores.faiss_store import FaissStore

COPIED = 4096
"""Vectors carried at once from one store to another."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Hold the passages of one document and their unit vectors, float32 [texts, dimensions]."""

    texts: tuple[str, ...]
    vectors: Vectors


@dataclass(slots=True)
class _Parts:
    """Gather the passages of a collection; `order` counts the old ones first, then the new."""

    passages: list[Passage] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    new: list[Passage] = field(default_factory=list)
    vectors: list[Vectors] = field(default_factory=list)


def collect(
    documents: tuple[Document, ...], encoder: Encoder, progress: Progress | None = None
) -> Collection:
    """Return a collection of `documents`, at least one, in memory."""
    parts = encoded(documents, encoder, progress)
    fresh = dict(zip((document.digest for document in documents), parts, strict=True))
    store = FaissStore(encoder.dimensions)
    return assembled(None, documents, fresh, store, (encoder.name, encoder.revision))


def encoded(
    documents: Sequence[Document], encoder: Encoder, progress: Progress | None = None
) -> list[Encoded]:
    """Return the passages of each document with their vectors; each is read with its title."""
    pieces = [tuple(chunks.passages(document.text)) for document in documents]
    texts = [
        titled(document.title, text)
        for document, own in zip(documents, pieces, strict=True)
        for text in own
    ]
    vectors = encoder.encode(texts, "passage", progress)
    ends = np.cumsum([len(own) for own in pieces])
    split = np.split(vectors, ends[:-1]) if pieces else []
    return [Encoded(own, part) for own, part in zip(pieces, split, strict=True)]


def assembled(
    base: Collection | None,
    documents: tuple[Document, ...],
    fresh: Mapping[str, Encoded],
    store: Store,
    names: tuple[str, str],
) -> Collection:
    """Return the collection of `documents` with its vectors in `store`.

    Args:
        base: an older collection; its documents with the same digest keep passages and keys.
        documents: what the new collection holds.
        fresh: the encoded documents that `base` has not, by digest.
        store: the base's own store, or another one, which then gets a copy of what is kept. What
            went is deleted from it, unless it is shared: other readers still use it there.
        names: the encoder's name and revision.

    Raises:
        StoreError: a store does not answer.
    """
    parts = _parts(base, documents, fresh)
    vectors = np.concatenate(parts.vectors) if parts.new else np.empty((0, 0), np.float32)
    offsets = _without(base, parts, store) if base else Offsets()
    if base and store is not base.store:
        _copy(base, documents, parts, store)
    if parts.new:
        store.add(rows(documents, parts.new), vectors)
        offsets = offsets.changed([passage.part for passage in parts.new], vectors)
    texts = [titled(documents[passage.owner].title, passage.text) for passage in parts.new]
    terms = Terms.of(texts)
    if base:
        terms = base.words.terms.joined(terms).taken(parts.order)
    next_key = (base.next_key if base else 0) + len(parts.new)
    held_by = (tuple(parts.passages), store, offsets, WordIndex.of_terms(terms))
    return Collection(documents, *held_by, *names, next_key)


def titled(title: str, text: str) -> str:
    """Return the passage as it is read: with the title of its document before it."""
    return text if not title or text.startswith(title) else f"{title}. {text}"


def _parts(
    base: Collection | None, documents: tuple[Document, ...], fresh: Mapping[str, Encoded]
) -> _Parts:
    known = passages_by_digest(base) if base else {}
    old = len(base.passages) if base else 0
    parts = _Parts()
    for owner, document in enumerate(documents):
        if base and document.digest in known:
            kept = known[document.digest]
            parts.passages += [replace(base.passages[at], owner=owner) for at in kept]
            parts.order += kept
            continue
        part = script(document.text)
        parts.vectors.append(fresh[document.digest].vectors)
        for text in fresh[document.digest].texts:
            key = (base.next_key if base else 0) + len(parts.new)
            parts.order.append(old + len(parts.new))
            parts.new.append(Passage(key, owner, part, text))
            parts.passages.append(parts.new[-1])
    return parts


def passages_by_digest(collection: Collection) -> dict[str, list[int]]:
    """Return the numbers of the passages of every document, by the document's digest."""
    digests = [document.digest for document in collection.documents]
    places: dict[str, list[int]] = {digest: [] for digest in digests}
    for at, passage in enumerate(collection.passages):
        places[digests[passage.owner]].append(at)
    return places


def _without(base: Collection, parts: _Parts, store: Store) -> Offsets:
    """Return the offsets without the passages that went, and delete these where that is due."""
    held = {passage.key for passage in parts.passages}
    gone = [passage for passage in base.passages if passage.key not in held]
    keys = [passage.key for passage in gone]
    if not gone:
        return base.offsets
    went = base.store.vectors(keys)
    if store is base.store and not store.shared:
        store.delete(keys)
    return base.offsets.changed([passage.part for passage in gone], went, -1)


def _copy(base: Collection, documents: tuple[Document, ...], parts: _Parts, store: Store) -> None:
    new = {passage.key for passage in parts.new}
    kept = [passage for passage in parts.passages if passage.key not in new]
    for start in range(0, len(kept), COPIED):
        batch = kept[start : start + COPIED]
        store.add(rows(documents, batch), base.store.vectors([p.key for p in batch]))
