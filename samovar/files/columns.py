"""Sentences in columns, as CoNLL-2003 and its followers write them: a word a line, its tag last.

Cells stand between tabs, or else between spaces; a no-break space belongs to its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

DOCUMENTS = ("-DOCSTART-", "#DOCSTART")
"""What begins the line between two documents."""
Cells = tuple[int, list[str]]
"""The number of a line and its cells."""


def sentences(lines: Iterable[str], tag: re.Pattern[str]) -> Iterator[list[Cells]]:
    """Yield the rows of each sentence; blank lines, comments and marks of documents stand between.

    A line that begins with # is a comment (`# id s1`) unless its last cell is a `tag` and it has as many
    cells as the others: `#<tab>O` is a word.
    """
    rows: list[Cells] = []
    width = 0
    for number, line in enumerate(lines, 1):
        found = cells(line)
        if not any(found) or found[0].startswith(DOCUMENTS):
            if rows:
                yield rows
            rows = []
        elif not _is_comment(line, found, tag, width):
            width = width or len(found)
            rows.append((number, found))
    if rows:
        yield rows


def cells(line: str) -> list[str]:
    r"""Return the cells of a line.

    >>> cells("10\u00a0000 O\r\n")
    ['10\xa0000', 'O']
    """
    plain = line.strip("\r\n")
    parts = plain.split("\t") if "\t" in plain else re.split(" +", plain.strip(" "))
    return [part.strip(" ") for part in parts]


def _is_comment(line: str, found: list[str], tag: re.Pattern[str], width: int) -> bool:
    if not line.startswith("#"):
        return False
    return not (tag.fullmatch(found[-1]) and len(found) > 1 and width in (0, len(found)))
