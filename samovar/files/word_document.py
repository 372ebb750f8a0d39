"""The sections of a DOCX file: its paragraphs and tables under their headings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from samovar.errors import InputError
from samovar.files.section import Outline, Section, tidy
from samovar.files.source import File
from samovar.files.text import SPLIT, WHOLE
from samovar.phrases import Phrase

UNPACKED = 100_000_000
"""Bytes of all parts together."""
MARKUP = 20_000_000
"""Bytes of one part in XML: its tree takes some ten times as much memory."""
PARTS = 5_000
STARTING = 64_000
"""Bytes of a part that are searched for declarations: they stand before everything else."""
XML = (".xml", ".rels")
DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
"""No DOCX has any: only a bomb does."""
HEADING = re.compile(r"Heading ([1-9])")
"""As the built-in styles are called in every language of Word."""
TITLE = "Title"
NOT_DOCX = Phrase(
    "{path} is no DOCX that can be read: {why}.", "{path} не читается как DOCX: {why}."
)
SAVE = Phrase(
    "Open it in a word processor and save it as DOCX; one with a password must be saved without.",
    "Откройте файл в текстовом редакторе и сохраните как DOCX, без пароля.",
)
SWOLLEN = Phrase(
    "{path} would unpack to {size:,} bytes; at most {most:,} are read.",
    "{path} распаковался бы в {size:,} байт, а читается не больше {most:,}.",
)
ENTITIES = Phrase("its XML declares entities", "его XML объявляет сущности")


def sections(file: File) -> Iterator[Section]:
    """Yield the text under each heading; cells of a table stand between |.

    Raises:
        InputError: it cannot be read, is too large, packed or not, or no DOCX.
    """
    file.require_size(WHOLE, SPLIT)
    with file.opened() as stream:
        data = stream.read()
    document = _document(data, file)
    outline = Outline()
    parts: list[str] = []
    for block in document.iter_inner_content():
        level = _level(block)
        if level is None:
            parts.append(_said(block))
            continue
        yield from _section(parts, outline)
        parts = []
        outline.heading(level, block.text)
    yield from _section(parts, outline)


def _section(parts: list[str], outline: Outline) -> Iterator[Section]:
    if text := tidy("\n\n".join(parts)):
        yield Section(text, outline.path)


def _level(block: Any) -> int | None:
    """Return the level of a heading, 0 of the title, None of what is neither."""
    name = getattr(getattr(block, "style", None), "name", None) or ""
    if not hasattr(block, "runs"):  # a table has a style, too
        return None
    found = HEADING.fullmatch(name)
    return int(found[1]) if found else 0 if name == TITLE else None


def _said(block: Any) -> str:
    if not hasattr(block, "rows"):
        return str(block.text)
    rows = []
    for row in block.rows:
        cells: list[str] = []
        for cell in row.cells:  # a merged cell is given once for each place it takes
            said = " ".join(cell.text.split())
            if not cells or cells[-1] != said:
                cells.append(said)
        rows.append(" | ".join(cells))
    return "\n".join(rows)


def _document(data: bytes, file: File) -> Any:
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _require_small(packed.infolist(), file)
            for part in packed.infolist():
                if part.filename.endswith(XML) and DECLARED.search(_start(packed, part)):
                    raise InputError(NOT_DOCX, SAVE, path=file.name, why=ENTITIES)
        return docx.Document(io.BytesIO(data))
    except InputError:
        raise
    except Exception as error:  # zipfile, zlib, lxml and docx each raise kinds of their own
        why = str(error) or type(error).__name__
        raise InputError(NOT_DOCX, SAVE, path=file.name, why=why[:100].rstrip(".")) from error


def _require_small(parts: list[zipfile.ZipInfo], file: File) -> None:
    """Refuse what would fill the memory; zipfile unpacks no more of a part than it declares."""
    told = {"path": file.name}
    if len(parts) > PARTS:
        why = Phrase(f"{len(parts):,} parts", f"частей {len(parts):,}")
        raise InputError(NOT_DOCX, SAVE, why=why, **told)
    size = sum(part.file_size for part in parts)
    if size > UNPACKED:
        raise InputError(SWOLLEN, SPLIT, size=size, most=UNPACKED, **told)
    for part in parts:
        if part.filename.endswith(XML) and part.file_size > MARKUP:
            raise InputError(SWOLLEN, SPLIT, size=part.file_size, most=MARKUP, **told)


def _start(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with packed.open(part) as stream:
        return stream.read(STARTING).replace(b"\0", b"")  # in UTF-16, too
