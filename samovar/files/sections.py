"""Documents in sections: the table of their kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from samovar.errors import InputError
from samovar.files import markdown, pdf, web_page, word_document
from samovar.files.section import Section
from samovar.files.source import File
from samovar.files.text import content
from samovar.phrases import Phrase

KIND = Phrase("{path} is a file of an unknown kind.", "{path} — файл неизвестного вида.")
KINDS = Phrase("Give one of: {kinds}.", "Подойдут: {kinds}.")


def sections(file: File) -> Iterator[Section]:
    """Yield the sections of `file` that hold text.

    Raises:
        InputError: another kind of file, or as its reader says.
    """
    if file.kind not in READERS:
        raise InputError(KIND, KINDS, path=file.name, kinds=", ".join(READERS))
    return READERS[file.kind](file)


def _plain(file: File) -> Iterator[Section]:
    if text := content(file).strip():
        yield Section(text)


Reader = Callable[[File], Iterator[Section]]
READERS: Mapping[str, Reader] = {
    ".txt": _plain,
    ".md": markdown.sections,
    ".html": web_page.sections,
    ".htm": web_page.sections,
    ".pdf": pdf.sections,
    ".docx": word_document.sections,
}
"""Ending of a file's name → what reads it."""
