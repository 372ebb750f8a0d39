"""Rows of jsonl and csv files, checked: each error names the file and the line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.search.documents.lines import LONGEST

NOT_JSON = Phrase(
    "{path}, line {line}: this is not JSON ({why}).", "{path}, строка {line}: это не JSON ({why})."
)
NOT_OBJECT = Phrase(
    "{path}, line {line}: a JSON object is expected, not {value}.",
    "{path}, строка {line}: нужен объект JSON, а не {value}.",
)
LIKE = Phrase(
    'Write one document a line: {{"id": "a1", "text": "…"}}.',
    'Пишите по документу в строке: {{"id": "a1", "text": "…"}}.',
)
FIELD = Phrase(
    "{path}, line {line}: `{name}` must be a text, not {value}.",
    "{path}, строка {line}: «{name}» должно быть текстом, а не {value}.",
)
SURROGATE = Phrase(
    "{path}, line {line}: half of a character (a lone surrogate).",
    "{path}, строка {line}: половина символа (одиночный суррогат).",
)
NO_COLUMN = Phrase(
    "{path} has no column `text`; its first line gives: {columns}.",
    "В {path} нет столбца «text», первая строка содержит: {columns}.",
)
HEADER = Phrase(
    "The first line of a CSV file must name its columns, such as: id,title,text",
    "Первая строка CSV должна называть столбцы, например: id,title,text",
)
NOT_CSV = Phrase(
    "{path}, line {line}: this is not CSV ({why}).", "{path}, строка {line}: это не CSV ({why})."
)
CELLS = Phrase(
    "{path}, line {line}: {found} cells under {expected} columns.",
    "{path}, строка {line}: ячеек {found}, а столбцов {expected}.",
)
QUOTE = Phrase(
    "Put texts with commas or line breaks into double quotes.",
    "Тексты с запятыми и переводами строк заключите в двойные кавычки.",
)
DELIMITERS = ",;\t"
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row; `id` is empty where the file gives none."""

    id: str
    title: str
    text: str
    metadata: Mapping[str, Any]
    line: int


def json_lines(lines: Iterable[str], name: str) -> Iterator[Row]:
    """Yield the rows of a JSON Lines file; blank lines are skipped.

    Raises:
        InputError: a line is no JSON object, or its text, title or id has another type.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(_object(line.rstrip("\n"), name, number), name, number)


def comma_separated(lines: Iterator[str], name: str) -> Iterator[Row]:
    """Yield the rows of a CSV file whose header names the columns; empty cells are left out.

    The delimiter is the comma, the semicolon or the tab, whichever the header has most of.

    Raises:
        InputError: no column `text`, a broken quotation, a row without a text cell, or more cells
            than columns.
    """
    header = next(lines, "")
    delimiter = max(DELIMITERS, key=header.count)
    csv.field_size_limit(LONGEST)
    reader = csv.reader(chain([header], lines), delimiter=delimiter, strict=True)
    columns: list[str] = []
    start = 1
    try:
        for cells in reader:
            if not columns:
                columns = _columns(cells, name)
            elif cells:
                yield _row(_cells(cells, columns, name, start), name, start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(NOT_CSV, QUOTE, path=name, line=start, why=error) from error
    if not columns:
        _columns([], name)


def _object(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = str(error).rstrip(".")
        raise InputError(NOT_JSON, LIKE, path=name, line=number, why=why) from error
    if not isinstance(value, dict):
        shown = _shown(value)
        raise InputError(NOT_OBJECT, LIKE, path=name, line=number, value=shown)
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError(SURROGATE, path=name, line=number) from error
    return value


def _columns(cells: list[str], name: str) -> list[str]:
    columns = [cell.strip() for cell in cells]
    if "text" not in columns or len(set(columns)) < len(columns):
        shown = _shown(", ".join(columns))
        raise InputError(NO_COLUMN, HEADER, path=name, columns=shown)
    return columns


def _cells(cells: list[str], columns: list[str], name: str, line: int) -> dict[str, Any]:
    if len(cells) > len(columns) or len(cells) <= columns.index("text"):
        counts = {"found": len(cells), "expected": len(columns)}
        raise InputError(CELLS, QUOTE, path=name, line=line, **counts)
    filled = dict(zip(columns, cells, strict=False))
    return {column: cell for column, cell in filled.items() if cell.strip() or column == "text"}


def _row(fields: dict[str, Any], name: str, line: int) -> Row:
    id = fields.pop("id", "")
    if isinstance(id, int) and not isinstance(id, bool):
        id = str(id)
    text, title = fields.pop("text", None), fields.pop("title", None) or ""
    for field, value in (("text", text), ("id", id), ("title", title)):
        if not isinstance(value, str):
            where = {"path": name, "line": line}
            raise InputError(FIELD, LIKE, name=field, value=_shown(value), **where)
    metadata = {key: value for key, value in fields.items() if value is not None}
    return Row(id.strip(), title.strip(), text.strip(), metadata, line)


def _shown(value: object) -> str:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
