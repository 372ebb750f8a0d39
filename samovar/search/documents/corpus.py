"""Read documents from files, or folders of them.

txt: a file is one document, its id the path inside the folder. md, html, docx and pdf: so is each section
or page of a file that has several, its id `guide.md#install` or `report.pdf#page=3`. jsonl, csv and tsv: a
line or row is one with the fields `text`, `id` and `title` (the last two may be missing); all others are
metadata.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from typing import Any

from samovar.errors import InputError
from samovar.files import sections
from samovar.files.section import Section
from samovar.files.sections import KIND, KINDS
from samovar.files.source import File
from samovar.phrases import Phrase
from samovar.search.documents.rows import ROWS

ABSENT = Phrase("There is no file or folder {path}.", "Нет файла или папки {path}.")
NO_FILES = Phrase(
    "{path} holds no file that can be indexed.", "В {path} нет файлов, которые можно индексировать."
)
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
    named = [File(file.relative_to(base).as_posix(), file) for file in files]
    return replace(gathered(named, path), ignored=ignored)


def gathered(files: Sequence[File], path: object) -> Corpus:
    """Return the documents of `files`, whose names stand in messages and ids.

    Raises:
        InputError: as `read`; `path` is what the message calls them together.
    """
    kept: dict[str, Document] = {}
    empty = 0
    for file in files:
        for document in _documents(file):
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


def _documents(file: File) -> Iterator[Document]:
    if file.kind not in READERS:
        raise InputError(KIND, KINDS, path=file.name, kinds=", ".join(READERS))
    return READERS[file.kind](file)


def _sectioned(file: File) -> Iterator[Document]:
    parts = list(sections.sections(file)) or [Section("")]
    if len(parts) == 1 and parts[0].page is None:
        title = ": ".join(parts[0].headings) or file.stem
        yield Document(file.name, title, parts[0].text, {}, file.name)
        return
    taken: set[str] = set()
    for part in parts:
        anchor = f"page={part.page}" if part.page else _slug(part.headings[-1:])
        names = chain([anchor], (f"{anchor}-{n}" for n in count(1)))
        anchor = next(name for name in names if name not in taken)
        taken.add(anchor)
        place = f"{file.name}#{anchor}"
        metadata: dict[str, Any] = {"file": file.name, **({"page": part.page} if part.page else {})}
        yield Document(place, ": ".join(part.headings) or file.stem, part.text, metadata, place)


def _slug(heading: tuple[str, ...]) -> str:
    """Return a heading as GitHub and the like name it in an address."""
    words = re.sub(r"[^\w\s-]", "", "".join(heading).casefold()).split()
    return "-".join(words) or "top"


def _tabular(file: File) -> Iterator[Document]:
    for row in ROWS[file.kind](file):
        place = f"{file.name}, line {row.line}"
        yield Document(
            row.id or f"{file.name}:{row.line}", row.title, row.text, row.metadata, place
        )


Reader = Callable[[File], Iterator[Document]]
READERS: Mapping[str, Reader] = {
    **dict.fromkeys(sections.READERS, _sectioned),
    **dict.fromkeys(ROWS, _tabular),
}
