"""A text file that a visitor brings: read whole or refused with the rule that it breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from samovar.errors import InputError
from samovar.files import json_lines, sections, table, text
from samovar.files.rows import shown
from samovar.files.sections import KIND, KINDS
from samovar.files.source import File, uploaded
from samovar.phrases import Phrase

BYTES = 2_000_000
BREAK = re.compile(r"(?<=\S\n)(?=\S)")
"""Where a text may be cut and each part still has the tokens that it has in the whole.

Every tokenizer here ends a word at a line break; empty lines are words of their own and stay whole.
"""
PART = Phrase("Load a part of it.", "Загрузите его часть.")
HEADER = "text"
EMPTY = Phrase("{name} holds no text.", "В файле {name} нет текста.")
OTHER = Phrase("Load another file.", "Загрузите другой файл.")
NO_TEXT = Phrase(
    "Line {at} of {name} is {line}, which holds no text.",
    "Строка {at} файла {name} не содержит текста: {line}.",
)
LINES = Phrase(
    'Each line must be a JSON string or an object with "text".',
    "Каждая строка должна быть строкой JSON или объектом с полем «text».",
)


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Hold the text of a file."""

    name: str
    text: str

    def parts(self) -> list[str]:
        """Return the text in parts that can be cut into tokens one by one."""
        return BREAK.split(self.text)


def read(file: File) -> Corpus:
    """Return the text of a file; of rows and sections it is joined, empty lines between them.

    Raises:
        InputError: another kind of file, a too large one, no text, or nothing in it.
    """
    if file.kind not in READERS:
        raise InputError(KIND, KINDS, path=file.name, kinds=", ".join(READERS))
    file.require_size(BYTES, PART)
    found = READERS[file.kind](file)
    if not found.strip():
        raise InputError(EMPTY, OTHER, name=file.name)
    return Corpus(file.name, found)


def taken(path: Path) -> Corpus:
    """Return the text of an uploaded file; file and folder are removed, whatever is in them.

    Raises:
        InputError: as `read`.
    """
    with uploaded([path]) as files:
        return read(files[0])


def _objects(file: File) -> Iterator[str]:
    for at, value in json_lines.values(file, LINES):
        found = value.get("text") if isinstance(value, Mapping) else value
        if not isinstance(found, str) or text.CONTROLS.search(found):
            raise InputError(NO_TEXT, LINES, name=file.name, at=at, line=shown(value))
        yield found


def _rows(file: File) -> Iterator[str]:
    return (row.fields["text"] for row in table.rows(file, ("text",), HEADER))


def _sections(file: File) -> Iterator[str]:
    return (
        "\n\n".join([*section.headings[-1:], section.text]) for section in sections.sections(file)
    )


def _joined(parts: Callable[[File], Iterator[str]]) -> Callable[[File], str]:
    return lambda file: "\n\n".join(parts(file))


READERS: Mapping[str, Callable[[File], str]] = {
    **dict.fromkeys(sections.READERS, _joined(_sections)),
    **dict.fromkeys((".txt", ".md"), text.content),  # as they are: every line end counts
    ".jsonl": _joined(_objects),
    **dict.fromkeys((".csv", ".tsv"), _joined(_rows)),
}
"""Ending of a file's name → what makes one text of it."""
