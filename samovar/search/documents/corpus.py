"""Read documents from txt, md, jsonl and csv files, or folders of them.

txt and md: a file is one document, its id the path inside the folder. jsonl and csv: a line or row
is one document with the fields `text`, `id` and `title` (both may be missing); all others are
metadata.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.search.documents import tables
from samovar.search.documents.lines import content, lines

ABSENT = Phrase("There is no file or folder {path}.", "Нет файла или папки {path}.")
NO_FILES = Phrase(
    "{path} holds no file that can be indexed.", "В {path} нет файлов, которые можно индексировать."
)
KIND = Phrase("{path} is a file of an unknown kind.", "{path} — файл неизвестного вида.")
KINDS = Phrase("Give one of: {kinds}.", "Подойдут: {kinds}.")
TWICE = Phrase(
    "The id {id} occurs twice: {first} and {second}.",
    "Код {id} встречается дважды: {first} и {second}.",
)
RENAME = Phrase("Give every document its own id.", "Дайте каждому документу свой код.")
ALL_EMPTY = Phrase("{path} holds no text: {n} empty.", "В {path} нет текста: пустых {n}.")


@dataclass(frozen=True)
class Document:
    """Hold one text to be found; `place` says where it was read (`news.csv, line 7`)."""

    id: str
    title: str
    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    place: str = field(default="", compare=False)

    @cached_property
    def digest(self) -> str:
        """Return a sha256; of two documents with the same one only one has to be encoded."""
        return hashlib.sha256(line(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Hold the documents of one file or folder and what was left out of it."""

    documents: tuple[Document, ...]
    empty: int = 0
    """Documents without text."""
    ignored: int = 0
    """Files of other kinds in the folder."""


def read(path: Path) -> Corpus:
    """Return the documents of `path`, a file or a folder (its subfolders too), in order of names.

    Raises:
        InputError: nothing to read, not UTF-8, not what the name says, or an id given twice.
    """
    files, ignored = _files(path)
    base = path if path.is_dir() else path.parent
    named = [(file, file.relative_to(base).as_posix()) for file in files]
    return replace(gathered(named, path), ignored=ignored)


def gathered(named: Sequence[tuple[Path, str]], path: object) -> Corpus:
    """Return the documents of the files in `named`, each with its name in messages and ids.

    Raises:
        InputError: as `read`; `path` is what the message calls them together.
    """
    kept: dict[str, Document] = {}
    empty = 0
    for file, name in named:
        for document in _documents(file, name):
            if not document.text.strip():
                empty += 1
                continue
            first = kept.setdefault(document.id, document)
            if first is not document:
                places = {"first": first.place, "second": document.place}
                raise InputError(TWICE, RENAME, id=document.id, **places)
    if not kept:
        raise InputError(ALL_EMPTY, path=path, n=empty)
    return Corpus(tuple(kept.values()), empty)


def fingerprint(documents: Sequence[Document]) -> str:
    """Return a sha256 that changes when any document changes, or their order."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(line(document).encode())
    return digest.hexdigest()


def line(document: Document) -> str:
    """Return `document` as one line of JSON Lines."""
    row = {"id": document.id, "title": document.title, "text": document.text}
    return json.dumps({**row, "metadata": document.metadata}, ensure_ascii=False) + "\n"


def _files(path: Path) -> tuple[list[Path], int]:
    kinds = ", ".join(READERS)
    if not path.exists():
        raise InputError(ABSENT, KINDS, path=path, kinds=kinds)
    if not path.is_dir():
        return [path], 0
    inside = [found.relative_to(path) for found in path.rglob("*") if found.is_file()]
    seen = sorted(found for found in inside if not any(p.startswith(".") for p in found.parts))
    files = [path / found for found in seen if found.suffix.lower() in READERS]
    if not files:
        raise InputError(NO_FILES, KINDS, path=path, kinds=kinds)
    return files, len(seen) - len(files)


def _documents(file: Path, name: str) -> Iterator[Document]:
    if Path(name).suffix.lower() not in READERS:
        raise InputError(KIND, KINDS, path=name, kinds=", ".join(READERS))
    return READERS[Path(name).suffix.lower()](file, name)


def _plain(file: Path, name: str) -> Iterator[Document]:
    yield Document(name, Path(name).stem, content(file, name).strip(), {}, name)


def _markdown(file: Path, name: str) -> Iterator[Document]:
    text = content(file, name)
    heading = next((row for row in text.splitlines() if row.startswith("#")), "")
    yield Document(name, heading.strip("# \t") or Path(name).stem, text.strip(), {}, name)


def _tabular(rows: Callable[[Iterator[str], str], Iterator[tables.Row]]) -> Reader:
    def reader(file: Path, name: str) -> Iterator[Document]:
        for row in rows(lines(file, name), name):
            id = row.id or f"{name}:{row.line}"
            yield Document(id, row.title, row.text, row.metadata, f"{name}, line {row.line}")

    return reader


Reader = Callable[[Path, str], Iterator[Document]]
READERS: dict[str, Reader] = {
    ".txt": _plain,
    ".md": _markdown,
    ".jsonl": _tabular(tables.json_lines),
    ".csv": _tabular(tables.comma_separated),
}
