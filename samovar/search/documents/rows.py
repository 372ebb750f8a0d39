"""Documents in rows: what a line of jsonl, csv or tsv must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samovar.errors import InputError
from samovar.files import json_lines, rows, table
from samovar.files.rows import shown
from samovar.files.source import File
from samovar.phrases import Phrase

LIKE = Phrase(
    'Write one document a line: {{"id": "a1", "text": "…"}}.',
    'Пишите по документу в строке: {{"id": "a1", "text": "…"}}.',
)
HEADER = "id,title,text"
FIELD = Phrase(
    "{path}, line {line}: `{name}` must be a text, not {value}.",
    "{path}, строка {line}: «{name}» должно быть текстом, а не {value}.",
)


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row; `id` is empty where the file gives none."""

    id: str
    title: str
    text: str
    metadata: Mapping[str, Any]
    line: int


def _objects(file: File) -> Iterator[Row]:
    return (_row(row, file) for row in json_lines.objects(file, LIKE))


def _table(file: File) -> Iterator[Row]:
    return (_row(row, file) for row in table.rows(file, ("text",), HEADER))


def _row(row: rows.Row, file: File) -> Row:
    fields = dict(row.fields)
    id = fields.pop("id", None)
    if isinstance(id, int) and not isinstance(id, bool):
        id = str(id)
    id = "" if id is None else id
    text, title = fields.pop("text", None), fields.pop("title", None) or ""
    for field, value in (("text", text), ("id", id), ("title", title)):
        if not isinstance(value, str):
            where = {"path": file.name, "line": row.line}
            raise InputError(FIELD, LIKE, name=field, value=shown(value), **where)
    metadata = {key: value for key, value in fields.items() if value is not None}
    return Row(id.strip(), title.strip(), text.strip(), metadata, row.line)


ROWS: Mapping[str, Callable[[File], Iterator[Row]]] = {
    ".jsonl": _objects,
    ".csv": _table,
    ".tsv": _table,
}
"""Ending of a file's name → what reads it."""
