"""One reader a format; each yields texts with the corpus's own labels."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from samovar.errors import InputError
from samovar.ner.annotated.columns import blocks
from samovar.phrases import Phrase
from samovar.records import Span

MISSING = Phrase("There is no file {path}.", "Нет файла {path}.")
FOLDER = Phrase(
    "Pass the folder that holds the data sets, with one folder for each, as --data-dir.",
    "Укажите в --data-dir папку с наборами данных, где у каждого набора своя папка.",
)
NAMES = {"Org": "org_name", "LocOrg": "loc_name", "Location": "loc_name"}
"""factRuEval: of an object only the spans of this type are its name ("мэрии" is a description)."""

Text = tuple[str, tuple[Span, ...]]


def text_stream(path: Path) -> IO[str]:
    """Open a UTF-8 text, unpacking .gz.

    Raises:
        InputError: there is no such file.
    """
    if not path.is_file():
        raise InputError(MISSING, FOLDER, path=path)
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def columns(path: Path) -> Iterator[Text]:
    """Yield the sentences of a file whose first column is the word (CoNLL-2003, WNUT-17, CrossNER)."""
    with text_stream(path) as lines:
        yield from ((block.text, block.spans) for block in blocks(lines))


def numbered(path: Path) -> Iterator[Text]:
    """Yield the sentences of a file with a number before the word (WikiNEuRal, BSNLP)."""
    with text_stream(path) as lines:
        yield from ((block.text, block.spans) for block in blocks(lines, word=1))


def spans(path: Path) -> Iterator[Text]:
    """Yield the texts of a JSON Lines file with `entities` as [start, end, label] (NEREL)."""
    with text_stream(path) as lines:
        for row in map(json.loads, lines):
            text = row["text"]
            yield text, tuple(Span(a, b, label, text[a:b]) for a, b, label in row["entities"])


def factrueval(folder: Path) -> Iterator[Text]:
    """Yield the documents of one part of factRuEval-2016, names only.

    As Natasha's own evaluation does it (natasha/naeval, adapt.py): a person is the whole object, of
    organizations and places only the spans that are names count.

    Raises:
        InputError: there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(MISSING, FOLDER, path=folder)
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        places = dict(_places(path.with_suffix(".spans")))
        names = [
            Span(start, end, label, text[start:end])
            for row in _rows(path.with_suffix(".objects"))
            for start, end, label in _named(row, places)
        ]
        yield text, tuple(names)


def outermost(nested: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans that no earlier or longer one overlaps, sorted by start.

    >>> [s.text for s in outermost([Span(4, 10, "LOC", "Грузии"), Span(0, 10, "ORG", "мид Грузии")])]
    ['мид Грузии']
    """
    kept: list[Span] = []
    for span in sorted(nested, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _named(
    row: list[str], places: dict[str, tuple[str, int, int]]
) -> Iterator[tuple[int, int, str]]:
    label = row[1]
    own = [places[name] for name in row[2:] if name in places]
    if label == "Person" and own:
        yield min(a for _, a, _ in own), max(b for _, _, b in own), label
    for kind, start, end in own:
        if kind == NAMES.get(label):
            yield start, end, label


def _places(path: Path) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Yield span id → (type, start, end)."""
    for row in _rows(path):
        yield row[0], (row[1], int(row[2]), int(row[2]) + int(row[3]))


def _rows(path: Path) -> Iterator[list[str]]:
    with text_stream(path) as lines:
        yield from (line.partition("#")[0].split() for line in lines if line.strip())
