"""Rows of a data set's files: tables with tabs or commas and JSON Lines, packed by gzip or not."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from samovar.errors import InputError
from samovar.phrases import Phrase

MISSING = Phrase("The file {path} does not exist.", "Файла {path} нет.")
FOLDER = Phrase(
    "Pass the folder that holds the data sets, with one folder for each, as --data-dir.",
    "Укажите в --data-dir папку с наборами данных, где у каждого набора своя папка.",
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


def tidy(text: str) -> str:
    """Return `text` with single spaces and none at its ends."""
    return " ".join(text.split())
