"""A collection on disk.

DIR/samovar-index.json    the manifest: whose vectors, of which corpus, sha256 of every file
DIR/<16 hex digits>/      documents.jsonl, passages.jsonl, vectors.faiss, words/

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
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from samovar.errors import StoreError
from samovar.models.base import Encoder
from samovar.phrases import Phrase
from samovar.search import corpus, manifest
from samovar.search.collection import Collection, Passage
from samovar.search.corpus import Document
from samovar.search.manifest import DAMAGED, FOLDER, MANIFEST, PROTOCOL, REBUILD, Manifest
from samovar.search.words import WordIndex

DOCUMENTS, PASSAGES, VECTORS, WORDS = "documents.jsonl", "passages.jsonl", "vectors.faiss", "words"
DRAFT = ".new-"
STALE = 3600.0
"""Seconds after which another writer's unfinished folder is taken for abandoned."""

FOREIGN = Phrase(
    "The folder {path} holds other files and no index.",
    "В папке {path} лежат другие файлы, а индекса нет.",
)
EMPTY_FOLDER = Phrase("Name a new or empty folder.", "Укажите новую или пустую папку.")
UNWRITABLE = Phrase(
    "The index cannot be written to {path}: {why}. What was there before is untouched.",
    "Индекс нельзя записать в {path}: {why}. Прежнее содержимое не тронуто.",
)
FREE_SPACE = Phrase(
    "Free some space or name another folder.", "Освободите место или укажите другую папку."
)


def require_place(path: Path) -> None:
    """Make the folder `path`, and refuse one that holds something else than an index.

    Raises:
        StoreError: it cannot be made, is a file, or holds other files.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        names = [found.name for found in path.iterdir()]
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(UNWRITABLE, FREE_SPACE, path=path, why=why) from error
    if MANIFEST not in names and not all(map(_ours, names)):
        raise StoreError(FOREIGN, EMPTY_FOLDER, path=path)


def save(collection: Collection, path: Path) -> None:
    """Write `collection` to the folder `path`, in place of the index that is there.

    Raises:
        StoreError: the disk is full, the place cannot be written or holds something else.
    """
    require_place(path)
    try:
        with tempfile.TemporaryDirectory(dir=path, prefix=DRAFT) as draft:
            folder = Path(draft) / secrets.token_hex(8)
            written = _draft(collection, folder)
            said = Path(draft) / MANIFEST
            _synced(said, json.dumps(asdict(written), indent=1).encode())
            replaced = _folder_of(path)
            target = folder.replace(path / folder.name)
            try:
                said.replace(path / MANIFEST)
            except BaseException:
                shutil.rmtree(target, ignore_errors=True)
                raise
        _tidy(path, written.folder, replaced)
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(UNWRITABLE, FREE_SPACE, path=path, why=why) from error


def load(path: Path, encoder: Encoder) -> Collection:
    """Return the collection in `path`.

    Raises:
        StoreError: no index, a damaged one, or one of another encoder, revision or protocol.
    """
    found = manifest.read(path)
    while True:
        manifest.require(found, encoder, path)
        try:
            return _loaded(path / found.folder, found, path)
        except StoreError:
            newer = manifest.read(path)
            if newer == found:
                raise
            found = newer  # another process replaced the index while it was read


def _draft(collection: Collection, folder: Path) -> Manifest:
    import faiss

    (folder / WORDS).mkdir(parents=True)
    _synced(folder / DOCUMENTS, "".join(map(corpus.line, collection.documents)).encode())
    rows = (json.dumps([p.owner, p.text], ensure_ascii=False) for p in collection.passages)
    _synced(folder / PASSAGES, "".join(f"{row}\n" for row in rows).encode())
    # not faiss.write_index: it reports a full disk as a RuntimeError in C++ words
    _synced(folder / VECTORS, faiss.serialize_index(collection.vectors).tobytes())
    collection.words.save(folder / WORDS)
    hashes = _hashes(folder)
    of = (collection.encoder, collection.revision, collection.fingerprint)
    return Manifest(PROTOCOL, *of, folder.name, hashes)


def _loaded(folder: Path, found: Manifest, path: Path) -> Collection:
    import faiss

    try:
        hashes = _hashes(folder)
        wrong = sorted(hashes.items() ^ found.files.items())
        if wrong:
            raise ValueError(wrong[0][0])
        documents = tuple(Document(**row) for row in _rows(folder / DOCUMENTS))
        passages = tuple(Passage(owner, text) for owner, text in _rows(folder / PASSAGES))
        packed = np.frombuffer((folder / VECTORS).read_bytes(), np.uint8)
        vectors = faiss.deserialize_index(packed)
        words = WordIndex.load(folder / WORDS)
        owners = {passage.owner for passage in passages}
        if vectors.ntotal != len(passages) or owners != set(range(len(documents))):
            raise ValueError(PASSAGES)
    except OSError as error:
        raise StoreError(DAMAGED, REBUILD, path=path, why=error.strerror or error) from error
    except (ValueError, TypeError, KeyError, RuntimeError) as error:
        raise StoreError(DAMAGED, REBUILD, path=path, why=error) from error
    return Collection(documents, passages, vectors, words, found.encoder, found.revision)


def _rows(path: Path) -> Iterable[Any]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return found


def _synced(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _tidy(path: Path, current: str, replaced: str) -> None:
    """Remove the replaced folder, and others only when stale: their writers may be at work."""
    for folder in path.iterdir():
        if folder.is_dir() and folder.name != current and _ours(folder.name):
            old = time.time() - folder.stat().st_mtime > STALE
            if old or folder.name == replaced:
                shutil.rmtree(folder, ignore_errors=True)


def _folder_of(path: Path) -> str:
    try:
        return manifest.read(path).folder
    except StoreError:
        return ""


def _ours(name: str) -> bool:
    return name.startswith(DRAFT) or FOLDER.fullmatch(name) is not None
