"""The pages of a PDF file, each under the heading of the outline that it belongs to."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from samovar.errors import InputError
from samovar.files.section import Outline, Section, tidy
from samovar.files.source import File
from samovar.files.text import SPLIT, WHOLE
from samovar.phrases import Phrase

PAGES = 3_000
HYPHEN = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])(?=[a-zа-яё])")
"""The end of a line inside a word."""
PASSWORD = Phrase(
    "{path} is protected by a password.",
    "{path} защищён паролем.",
)
UNLOCK = Phrase("Save it without one and try again.", "Сохраните его без пароля и повторите.")
DAMAGED = Phrase("{path} is no PDF that can be read: {why}.", "{path} не читается как PDF: {why}.")
SAVE = Phrase(
    "Open it in a PDF viewer, save it again, and try that copy.",
    "Откройте файл в программе для PDF, сохраните заново и попробуйте копию.",
)
PICTURES = Phrase(
    "{path} holds no text on its {n} pages: it is made of pictures.",
    "В {path} нет текста, страниц {n}: он состоит из картинок.",
)
RECOGNISE = Phrase(
    "Let a scanner's program recognise the text first.",
    "Сначала распознайте текст программой для сканов.",
)
LONG = Phrase(
    "{path} has {n:,} pages; at most {most:,} are read.",
    "В {path} {n:,} страниц, а читается не больше {most:,}.",
)


def sections(file: File) -> Iterator[Section]:
    """Yield the text of each page that has some.

    Raises:
        InputError: it cannot be read, is too large, damaged, protected or made of pictures only.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    file.require_size(WHOLE, SPLIT)
    with file.opened() as stream:
        data = io.BytesIO(stream.read())
    try:
        reader = PdfReader(data)
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
        count = len(reader.pages)
        found = list(_pages(reader)) if 0 < count <= PAGES else []
    except (FileNotDecryptedError, DependencyError) as error:
        raise InputError(PASSWORD, UNLOCK, path=file.name) from error
    except Exception as error:  # there is no end to what pypdf raises for a damaged file
        why = str(error) or type(error).__name__
        raise InputError(DAMAGED, SAVE, path=file.name, why=why[:100].rstrip(".")) from error
    if count > PAGES:
        raise InputError(LONG, SPLIT, path=file.name, n=count, most=PAGES)
    if not found:
        raise InputError(PICTURES, RECOGNISE, path=file.name, n=count)
    yield from found


def _pages(reader: Any) -> Iterator[Section]:
    marks = _marks(reader)
    outline = Outline()
    for number, page in enumerate(reader.pages):
        begun = marks.get(number, [])
        for level, title in begun[:1]:  # what stands above the rest of the page
            outline.heading(level, title)
        if text := tidy(HYPHEN.sub("", page.extract_text())):
            yield Section(text, outline.path, number + 1)
        for level, title in begun[1:]:
            outline.heading(level, title)


def _marks(reader: Any) -> dict[int, list[tuple[int, str]]]:
    """Return the number of a page, from 0, → (level, title) of the headings on it."""
    marks: dict[int, list[tuple[int, str]]] = {}

    def gather(entries: Any, level: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                gather(entry, level + 1)
                continue
            number = reader.get_destination_page_number(entry)
            if number is not None:
                marks.setdefault(number, []).append((level, entry.title))

    try:
        gather(reader.outline, 1)
    except Exception:  # a damaged outline costs the headings, not the text
        return {}
    return marks
