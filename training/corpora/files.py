"""Rows of a data set's files: tables with tabs or commas and JSON Lines, packed by gzip or not."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

from samovar import schema
from samovar.errors import InputError, SamovarError
from samovar.phrases import Phrase

Line = TypeVar("Line")

MISSING = Phrase("The file {path} does not exist.", "Файла {path} нет.")
FOLDER = Phrase(
    "Pass the folder that holds the data sets, with one folder for each, as --data-dir.",
    "Укажите в --data-dir папку с наборами данных, где у каждого набора своя папка.",
)
BAD_LINE = Phrase("Line {line} of {path}: {why}", "Строка {line} в {path}: {why}")
SHAPE = Phrase(
    "data/README.md says what a line holds.", "Что стоит в строке, сказано в data/README.md."
)


def text_stream(path: Path) -> IO[str]:
    """Open a UTF-8 text, unpacking .gz; a byte order mark is skipped and line ends are kept.

    Raises:
        InputError: there is no such file.
    """
    if not path.is_file():
        raise InputError(MISSING, FOLDER, path=path)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def tabbed(path: Path, quoted: bool = False) -> Iterator[list[str]]:
    """Yield the rows of a table with tabs; with `quoted`, fields may stand in quotation marks."""
    with text_stream(path) as lines:
        if quoted:
            yield from csv.reader(lines, delimiter="\t")
        else:
            yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def named(path: Path, quoted: bool = False) -> Iterator[dict[str, str]]:
    """Yield the rows of a table with tabs as {column: value}; its first line names the columns."""
    rows = tabbed(path, quoted)
    header = next(rows)
    for row in rows:
        yield dict(zip(header, row, strict=True))


def commas(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table with commas as {column: value}."""
    with text_stream(path) as lines:
        yield from csv.DictReader(lines)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    with text_stream(path) as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def checked_lines(path: Path, kind: type[Line]) -> Iterator[Line]:
    """Yield each line of one of our own JSON Lines files as a record of `kind`.

    Raises:
        InputError: there is no such file, or a line holds something else; its number is named.
    """
    with text_stream(path) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    row = schema.record(json.loads(line.strip()), kind, exact=True)
                except (ValueError, SamovarError) as error:
                    where = {"line": number, "path": path, "why": _why(error)}
                    raise InputError(BAD_LINE, SHAPE, **where) from error
                yield row


def tidy(text: str) -> str:
    """Return `text` with single spaces and none at its ends."""
    return " ".join(text.split())


def _why(error: ValueError | SamovarError) -> object:
    if isinstance(error, SamovarError):
        return error.phrase()
    return f"{error}."
