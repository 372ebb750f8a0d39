"""Bring the index in a folder up to date: only what is new or changed is encoded.

Documents are encoded in groups, and each group is on the disk before the progress counts it: an
interrupted indexing, started again, goes on from there. Readers see the index as it was until all
is done, then the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from samovar.errors import InputError, StoreError
from samovar.models.base import Encoder, Progress
from samovar.phrases import Phrase
from samovar.search.documents.corpus import Document
from samovar.search.indexing import manifest
from samovar.search.indexing.checkpoints import Checkpoints
from samovar.search.indexing.folder import load, publish
from samovar.search.indexing.groups import encoded_in_groups
from samovar.search.indexing.lock import writing
from samovar.search.indexing.manifest import PROTOCOL, Manifest
from samovar.search.indexing.premises import require_place, told
from samovar.search.passages.assembly import assembled
from samovar.search.passages.collection import Collection
from samovar.search.stores import place
from samovar.search.stores.base import Store
from samovar.search.stores.place import FAISS, Place

NOT_THERE = Phrase(
    "The index has no document `{id}`; nothing was deleted.",
    "В индексе нет документа «{id}», ничего не удалено.",
)
NOTHING_LEFT = Phrase(
    "That would leave the index in {path} empty.", "Тогда индекс в {path} остался бы пустым."
)
REMOVE = Phrase("Remove the folder instead.", "Тогда уж удалите папку.")


@dataclass(frozen=True, slots=True)
class Report:
    """Say what an update did, in documents; `resumed` had been encoded by an interrupted one."""

    added: int
    changed: int
    removed: int
    unchanged: int
    resumed: int
    store: Phrase
    """How the vectors are kept, and why."""


@dataclass(frozen=True, slots=True)
class Change:
    """Say what shall become of an index."""

    documents: tuple[Document, ...] = ()
    keep: bool = False
    """Keep the documents that `documents` does not name; else the index will hold only these."""
    delete: tuple[str, ...] = ()
    """Ids of documents to delete."""
    store: Place | None = None
    """None keeps the store that the index has; FAISS for a new one."""


def update(
    path: Path,
    encoder: Encoder,
    change: Change,
    token: str = "",
    progress: Progress | None = None,
) -> tuple[Collection, Report]:
    """Change the index in the folder `path`, or make one there.

    Args:
        path: the folder; it holds an index, or nothing.
        encoder: the encoder of the index.
        change: what shall become of it.
        token: the token of its Milvus server.
        progress: called with (documents on the disk, documents to encode).

    Raises:
        InputError: an id to delete that is not there, or nothing would be left.
        StoreError: the place cannot be written, another process writes it, the index to be kept is
            damaged or of another encoder, or Milvus does not answer. The index is as it was.
    """
    require_place(path)
    with told(path), writing(path):
        said, base = _base(path, encoder, change, token)
        documents = _wanted(base, change, path)
        mark = {"encoder": encoder.name, "revision": encoder.revision, "protocol": PROTOCOL}
        checkpoints = Checkpoints(path, mark)
        known = {one.digest for one in base.documents} if base else set()
        new = [one for one in documents if one.digest not in known]
        where = change.store or (said.store if said else Place())
        store, name = _store(said, base, where, encoder, checkpoints, token)
        fresh, resumed = encoded_in_groups(new, encoder, checkpoints, progress)
        made = base if base and base.documents == documents and store is base.store else None
        if made is None:
            made = assembled(base, documents, fresh, store, (encoder.name, encoder.revision))
            publish(made, path, where, name, _retired(said, name))
        checkpoints.clear()
    return made, _report(base, documents, len(new), resumed, store)


def _report(
    base: Collection | None,
    documents: tuple[Document, ...],
    encoded: int,
    resumed: int,
    store: Store,
) -> Report:
    old = {one.id for one in base.documents} if base else set()
    now = {one.id for one in documents}
    added = len(now - old)
    counts = (added, encoded - added, len(old - now), len(documents) - encoded, resumed)
    return Report(*counts, store.reason)


def _base(
    path: Path, encoder: Encoder, change: Change, token: str
) -> tuple[Manifest | None, Collection | None]:
    """Return the index in `path`; one that cannot be read is none when it will be replaced whole."""
    try:
        said = manifest.read(path)
        base = load(path, encoder, token)
    except StoreError:
        needed = change.delete or (change.keep and (path / manifest.MANIFEST).exists())
        if needed:
            raise
        return _abandoned(path), None
    said = replace(said, retired=tuple(one for one in said.retired if not _forgotten(*one, token)))
    if base.store.shared:  # rows of a writer that was killed, and those that the last one let go
        base.store.delete(set(base.store.filter(())) - set(base.places))
    return said, base


def _abandoned(path: Path) -> Manifest | None:
    try:
        return manifest.read(path)
    except StoreError:
        return None


def _wanted(base: Collection | None, change: Change, path: Path) -> tuple[Document, ...]:
    kept = {one.id: one for one in base.documents} if base and change.keep else {}
    kept.update((one.id, one) for one in change.documents)
    for id in change.delete:
        if kept.pop(id, None) is None:
            raise InputError(NOT_THERE, id=id[:100])
    if not kept:
        raise InputError(NOTHING_LEFT, REMOVE, path=path)
    return tuple(kept.values())


def _forgotten(where: Place, name: str, token: str) -> bool:
    """Remove a collection and tell whether that worked; a server that is gone stops nobody."""
    try:
        place.forget(where, [name], token)
    except StoreError:
        return False
    return True


def _retired(said: Manifest | None, name: str) -> tuple[tuple[Place, str], ...]:
    """Return the collections that the next writer shall remove: readers may be in them now."""
    if said is None:
        return ()
    own = ((said.store, said.name),) if said.name not in ("", name) else ()
    return (*said.retired, *own)


def _store(
    said: Manifest | None,
    base: Collection | None,
    where: Place,
    encoder: Encoder,
    checkpoints: Checkpoints,
    token: str,
) -> tuple[Store, str]:
    """Return the store of the new index, the same as before if it can be, and its name."""
    if base and said and said.store == where:
        return base.store, said.name
    for left in checkpoints.names():
        place.forget(where, [left], token)
    name = "" if where.kind == FAISS else place.new_name()
    if name:
        checkpoints.note(name)
    return place.made(where, name, encoder.dimensions, token), name
