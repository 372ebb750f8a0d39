"""Rows of CSV and TSV files as spreadsheets write them, checked: each error names the file and the line.

The delimiter is what `sep=;` in the first line says, else the one that finds the wanted columns in the
header, else the one with most columns: a quoted header may hold any of them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from samovar.errors import InputError
from samovar.files.rows import Row, shown
from samovar.files.source import File
from samovar.files.text import LONGEST, lines
from samovar.phrases import Phrase

NO_COLUMN = Phrase(
    "{path} has no column `{wanted}`; its first line gives: {columns}.",
    "В {path} нет столбца «{wanted}», первая строка содержит: {columns}.",
)
HEADER = Phrase(
    "The first line of a CSV file must name its columns, such as: {like}",
    "Первая строка CSV должна называть столбцы, например: {like}",
)
TWICE = Phrase(
    "{path} has two columns {column}; its first line gives: {columns}.",
    "В {path} два столбца {column}, первая строка содержит: {columns}.",
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
DELIMITERS = ",;\t|"
SAID = re.compile(r'"?sep=([^\r\n])"?[\r\n]*', re.I)
"""The first line that Excel reads and writes."""
HEADER_LINES = 20
"""A quoted header may be broken that often."""


def rows(file: File, wanted: Sequence[str], like: str) -> Iterator[Row]:
    """Yield the rows under a header that names the columns; empty cells are left out.

    Args:
        file: what is read.
        wanted: columns that must be there; they are in each row, if only empty.
        like: such a header, for the message.

    Raises:
        InputError: as `samovar.files.text.lines`, a column is not there or there twice, a broken
            quotation, a row that ends before a wanted column, or one with more cells than columns.
    """
    begun = lines(file)
    head = list(islice(begun, 1))
    skipped = SAID.fullmatch(head[0]) if head else None
    head = (
        list(islice(begun, HEADER_LINES)) if skipped else head + list(islice(begun, HEADER_LINES))
    )
    delimiter = skipped[1] if skipped else _delimiter(head, wanted)
    csv.field_size_limit(LONGEST)
    reader = csv.reader(chain(head, begun), delimiter=delimiter, strict=True)
    columns: list[str] = []
    before = start = bool(skipped) + 1
    try:
        for cells in reader:
            if not columns:
                columns = _columns(cells, file, wanted, like)
            elif cells:
                yield Row(start, _fields(cells, columns, wanted, (file.name, start)))
            start = reader.line_num + before
    except csv.Error as error:
        raise InputError(NOT_CSV, QUOTE, path=file.name, line=start, why=error) from error
    if not columns:
        _columns([], file, wanted, like)


def _delimiter(head: Sequence[str], wanted: Sequence[str]) -> str:
    def fit(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(csv.reader(head, delimiter=delimiter, strict=True), [])
        except csv.Error:
            return 0, 0
        names = {cell.strip() for cell in cells}
        return len(names & set(wanted)), len(cells)

    return max(DELIMITERS, key=fit)


def _columns(cells: list[str], file: File, wanted: Sequence[str], like: str) -> list[str]:
    columns = [cell.strip() for cell in cells]
    told = {"path": file.name, "columns": shown(", ".join(columns)), "like": like}
    for column in wanted:
        if column not in columns:
            raise InputError(NO_COLUMN, HEADER, wanted=column, **told)
    for column in filter(None, columns):
        if columns.count(column) > 1:
            raise InputError(TWICE, HEADER, column=shown(column), **told)
    return columns


def _fields(
    cells: list[str], columns: list[str], wanted: Sequence[str], where: tuple[str, int]
) -> dict[str, str]:
    beyond = any(cell.strip() for cell in cells[len(columns) :])
    if beyond or any(len(cells) <= columns.index(column) for column in wanted):
        counts = {"found": len(cells), "expected": len(columns)}
        raise InputError(CELLS, QUOTE, path=where[0], line=where[1], **counts)
    filled = dict(zip(columns, cells, strict=False))
    return {
        name: cell for name, cell in filled.items() if name in wanted or (name and cell.strip())
    }
