"""The lines of a text file, one at a time: UTF-8, or UTF-16 and UTF-32 with their mark in front.

A line ends with a line feed, a carriage return or both, and with nothing else: U+0085, U+2028 and U+2029
stand inside texts.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import IO

from samovar.errors import InputError
from samovar.files.source import File
from samovar.phrases import Phrase

LONGEST = 16_000_000
"""Characters of one line; a document is no longer than that."""
WHOLE = 50_000_000
"""Bytes of a file that is read whole."""
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's mark does, so it stands before it
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PLAIN = "utf-8-sig"
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a]")
"""Characters that no text has."""
BROKEN = re.compile(r"[\ud800-\udfff]")
"""Bytes that are no UTF-8, kept one by one; halves of characters in UTF-16."""
ENCODING = Phrase(
    "{path}, line {line}: this is not UTF-8 text.", "{path}, строка {line}: это не текст UTF-8."
)
SAVE_UTF8 = Phrase(
    "Save the file as UTF-8; if it is not a text file, its name is wrong.",
    "Сохраните файл в UTF-8, а если это не текстовый файл, исправьте его имя.",
)
BINARY = Phrase(
    "{path}, line {line}: the character {code} shows that this is not a text file.",
    "{path}, строка {line}: символ {code} выдаёт, что это не текстовый файл.",
)
LONG_LINE = Phrase(
    "{path}, line {line}: the line is longer than {most:,} characters.",
    "{path}, строка {line}: строка длиннее {most:,} знаков.",
)
ONE_A_LINE = Phrase("Write one document a line.", "Пишите по документу в строке.")
SPLIT = Phrase(
    "Split it, or write many documents into one jsonl or csv file, which may be of any size.",
    "Разделите его или запишите документы в один файл jsonl или csv: он может быть любого размера.",
)


def lines(file: File) -> Iterator[str]:
    """Yield the lines of `file` with their ends.

    Raises:
        InputError: it cannot be read, is in another encoding, holds characters that no text has, or a
            line that is too long.
    """
    with file.opened() as stream:
        encoding = _encoding(stream)
        errors = "surrogateescape" if encoding == PLAIN else "surrogatepass"
        text = io.TextIOWrapper(stream, encoding, errors, newline="")
        number = 0
        while line := _next(text, file, number + 1):
            number += 1
            yield line


def content(file: File, most: int = WHOLE, hint: Phrase = SPLIT) -> str:
    """Return the text of `file`.

    Raises:
        InputError: as `lines`, or it has more than `most` bytes; `hint` is the way out then.
    """
    file.require_size(most, hint)
    return "".join(lines(file))


def _encoding(stream: IO[bytes]) -> str:
    start = stream.read(4)
    stream.seek(0)
    return next((name for mark, name in MARKS if start.startswith(mark)), PLAIN)


def _next(text: IO[str], file: File, number: int) -> str:
    where = {"path": file.name, "line": number}
    try:
        line = text.readline(LONGEST + 1)
    except UnicodeDecodeError as error:
        raise InputError(ENCODING, SAVE_UTF8, **where) from error
    if len(line) > LONGEST:
        raise InputError(LONG_LINE, ONE_A_LINE, most=LONGEST, **where)
    if BROKEN.search(line):
        raise InputError(ENCODING, SAVE_UTF8, **where)
    if found := CONTROLS.search(line):
        raise InputError(BINARY, SAVE_UTF8, code=f"U+{ord(found[0]):04X}", **where)
    return line
