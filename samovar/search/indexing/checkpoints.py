"""Encoded documents on disk while an index is being made: what is here is not encoded again.

DIR/.pending/mark.json     whose vectors these are
DIR/.pending/names         collections made in Milvus for an index that is not published yet
DIR/.pending/<n>.npz       some documents: digests, passages, vectors; whole or not there
"""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from samovar.search.passages.assembly import Encoded

PENDING = ".pending"
MARK, NAMES = "mark.json", "names"
DRAFT = ".draft"
BROKEN = (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile)


class Checkpoints:
    """Keep what an interrupted indexing had encoded; one process at a time, see `lock`."""

    def __init__(self, index: Path, mark: Mapping[str, object]) -> None:
        """Open the folder inside `index`; what was encoded under another `mark` is removed.

        Raises:
            OSError: the folder cannot be written.
        """
        self._folder = index / PENDING
        if self._mark() != mark:
            for path in self._files():
                path.unlink()
            self._folder.mkdir(parents=True, exist_ok=True)
            _synced(self._folder / MARK, json.dumps(mark).encode())
        self._next = 1 + max((int(path.stem) for path in self._files()), default=-1)

    def read(self) -> dict[str, Encoded]:
        """Return the encoded documents by digest; a damaged file is as good as none."""
        documents: dict[str, Encoded] = {}
        for path in self._files():
            try:
                with np.load(path, allow_pickle=False) as held:
                    said = json.loads(held["said"].tobytes())
                    vectors = held["vectors"]
                ends = np.cumsum([len(texts) for _, texts in said])
                parts = np.split(vectors, ends[:-1])
                for (digest, texts), own in zip(said, parts, strict=True):
                    if len(own) != len(texts):
                        raise ValueError(path.name)
                    documents[digest] = Encoded(tuple(texts), own)
            except BROKEN:
                path.unlink(missing_ok=True)
        return documents

    def write(self, encoded: Mapping[str, Encoded]) -> None:
        """Write some documents; when this returns they outlast the process and the machine.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        said = [[digest, list(one.texts)] for digest, one in encoded.items()]
        packed = np.frombuffer(json.dumps(said, ensure_ascii=True).encode(), np.uint8)
        vectors = np.concatenate([one.vectors for one in encoded.values()])
        held = io.BytesIO()
        np.savez(held, said=packed, vectors=vectors)
        _synced(self._folder / f"{self._next}.npz", held.getvalue())
        self._next += 1

    def note(self, name: str) -> None:
        """Remember a collection of Milvus before it is made, to remove it should this process die.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        _synced(self._folder / NAMES, "\n".join([*self.names(), name]).encode())

    def names(self) -> list[str]:
        """Return the collections of Milvus that were noted."""
        path = self._folder / NAMES
        return path.read_text(encoding="utf-8").split("\n") if path.is_file() else []

    def clear(self) -> None:
        """Remove everything: the index is published."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _mark(self) -> object:
        try:
            return json.loads((self._folder / MARK).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _files(self) -> list[Path]:
        paths = [path for path in self._folder.glob("*.npz") if path.stem.isdigit()]
        return sorted(paths, key=lambda path: int(path.stem))


def _synced(path: Path, content: bytes) -> None:
    """Write `path` whole or not at all, and to the disk before returning."""
    draft = path.with_suffix(DRAFT)
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
