"""A collection on disk.

DIR/samovar-index.json    the manifest: whose vectors, of which corpus, sha256 of every file
DIR/<16 hex digits>/      documents.jsonl, passages.jsonl, offsets.npz, words/, vectors/
DIR/.pending/             what an interrupted indexing had encoded (`checkpoints`)
DIR/.lock                 held by the process that writes

A new folder is written beside the old one, then the manifest is replaced in one step and the old
folder removed: whoever reads, at any moment, finds a whole index, and a killed or failed writer
leaves the old one in place.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from samovar.errors import StoreError
from samovar.models.base import Encoder
from samovar.search.documents import corpus
from samovar.search.documents.corpus import Document
from samovar.search.indexing import manifest
from samovar.search.indexing.checkpoints import PENDING
from samovar.search.indexing.lock import writing
from samovar.search.indexing.manifest import DAMAGED, MANIFEST, PROTOCOL, REBUILD, Manifest
from samovar.search.indexing.premises import DRAFT, ours, require_place, told
from samovar.search.passages.collection import Collection, Passage, rows
from samovar.search.passages.offsets import Offsets
from samovar.search.passages.words import WordIndex
from samovar.search.stores import place
from samovar.search.stores.place import Place

DOCUMENTS, PASSAGES, OFFSETS = "documents.jsonl", "passages.jsonl", "offsets.npz"
VECTORS, WORDS = "vectors", "words"


def save(collection: Collection, path: Path) -> None:
    """Write `collection`, its vectors in FAISS, to the folder `path`, in place of the index there.

    Raises:
        StoreError: the disk is full, the place cannot be written, holds something else or is being
            written by another process.
    """
    require_place(path)
    with told(path), writing(path):
        publish(collection, path, Place())


def publish(
    collection: Collection,
    path: Path,
    where: Place,
    name: str = "",
    retired: tuple[tuple[Place, str], ...] = (),
) -> None:
    """Write `collection` as `save` does, for a caller that holds the folder (`lock.writing`).

    Args:
        collection: what is written; its store is persisted.
        path: the folder.
        where: what kind of store it is, and where.
        name: the store's collection in Milvus.
        retired: collections in Milvus that the next writer shall remove.

    Raises:
        OSError: the disk is full or the place cannot be written.
        StoreError: the store does not answer.
    """
    with tempfile.TemporaryDirectory(dir=path, prefix=DRAFT) as draft:
        folder = Path(draft) / secrets.token_hex(8)
        _draft(collection, folder)
        hashes = _hashes(folder, flush=True)
        of = (collection.encoder, collection.revision, collection.fingerprint)
        sizes = (collection.offsets.dimensions, collection.next_key)
        made = Manifest(PROTOCOL, *of, folder.name, hashes, *sizes, where, name, retired)
        said = Path(draft) / MANIFEST
        _synced(said, json.dumps(asdict(made), indent=1).encode())
        target = folder.replace(path / folder.name)
        try:
            said.replace(path / MANIFEST)
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)
            raise
    for old in path.iterdir():  # the folder before, and drafts of writers that were killed
        if old.is_dir() and old.name != made.folder and ours(old.name) and old.name != PENDING:
            shutil.rmtree(old, ignore_errors=True)


def load(path: Path, encoder: Encoder, token: str = "") -> Collection:
    """Return the collection in `path`; `token` is that of its Milvus server.

    Raises:
        StoreError: no index, a damaged one, one of another encoder, revision or protocol, or a
            Milvus that does not answer.
    """
    stored = manifest.read(path)
    while True:
        manifest.require(stored, encoder, path)
        try:
            return _loaded(path / stored.folder, stored, path, token)
        except StoreError:
            newer = manifest.read(path)
            if newer == stored:
                raise
            stored = newer  # another process replaced the index while it was read


def _draft(collection: Collection, folder: Path) -> None:
    (folder / WORDS).mkdir(parents=True)
    (folder / VECTORS).mkdir()
    _synced(folder / DOCUMENTS, "".join(map(corpus.line, collection.documents)).encode())
    held = ([p.key, p.owner, p.part, p.text] for p in collection.passages)
    lines = (json.dumps(row, ensure_ascii=False) for row in held)
    _synced(folder / PASSAGES, "".join(f"{row}\n" for row in lines).encode())
    collection.offsets.save(folder / OFFSETS)
    collection.words.save(folder / WORDS)
    collection.store.persist(folder / VECTORS)


def _loaded(folder: Path, stored: Manifest, path: Path, token: str) -> Collection:
    try:
        hashes = _hashes(folder)
        wrong = sorted(hashes.items() ^ stored.files.items())
        if wrong:
            raise ValueError(wrong[0][0])
        documents = tuple(Document(**row) for row in _rows(folder / DOCUMENTS))
        passages = tuple(Passage(*row) for row in _rows(folder / PASSAGES))
        offsets = Offsets.load(folder / OFFSETS)
        words = WordIndex.load(folder / WORDS)
        if {passage.owner for passage in passages} != set(range(len(documents))):
            raise ValueError(PASSAGES)
        held = rows(documents, passages)
        where = (stored.store, stored.name, folder / VECTORS)
        store = place.open_store(*where, held, stored.dimensions, token)
    except OSError as error:
        raise StoreError(DAMAGED, REBUILD, path=path, why=error.strerror or error) from error
    except (ValueError, TypeError, KeyError, RuntimeError) as error:
        raise StoreError(DAMAGED, REBUILD, path=path, why=error) from error
    names = (stored.encoder, stored.revision, stored.next_key)
    return Collection(documents, passages, store, offsets, words, *names)


def _rows(path: Path) -> Iterable[Any]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def _hashes(folder: Path, flush: bool = False) -> dict[str, str]:
    """Return path → sha256 of every file in `folder`; `flush` brings them to the disk first."""
    digests = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                if flush:  # some were written by libraries that do not
                    os.fsync(file.fileno())
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            digests[path.relative_to(folder).as_posix()] = digest
    return digests


def _synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
