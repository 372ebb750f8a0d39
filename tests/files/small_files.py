"""Small real files of every kind, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def pdf(
    pages: Sequence[str], outline: Sequence[tuple[str, int]] = (), password: str | None = None
) -> bytes:
    """Return a PDF with a line of Latin text for each line of each page; `outline` is (title, page)."""
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 400)
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        stream.set_data(f"BT /F1 12 Tf 14 TL 20 350 Td {shown} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    for title, number in outline:
        writer.add_outline_item(title, number)
    if password is not None:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def word(blocks: Sequence[tuple[str, str] | list[list[str]]] = ()) -> bytes:
    """Return a DOCX of (style, text) paragraphs and tables of cells."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, tuple):
            document.add_paragraph(block[1], style=block[0])
            continue
        table = document.add_table(len(block), len(block[0]))
        for at, row in enumerate(block):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """Return a DOCX with another content of one of its parts."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == part else old.read(info))
    return held.getvalue()
