"""The lines of a text file, one at a time: UTF-8 or told, however large the file is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from samovar.errors import InputError
from samovar.phrases import Phrase

LONGEST = 16_000_000
"""Bytes of one line; a document is no longer than that."""
WHOLE = 50_000_000
"""Bytes of a file that is one document."""
CONTROLS = "\x00\x01\x02\x03\x04\x05\x06\x08"
"""Characters that no text has."""
UNREADABLE = Phrase("{path} cannot be read: {why}.", "Не удалось прочитать {path}: {why}.")
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
    "{path}, line {line}: the line is longer than {most:,} bytes.",
    "{path}, строка {line}: строка длиннее {most:,} байт.",
)
ONE_A_LINE = Phrase("Write one document a line.", "Пишите по документу в строке.")
LARGE = Phrase(
    "{path} has {size:,} bytes; a txt or md file is one document and may have {most:,}.",
    "В {path} {size:,} байт, а файл txt или md — это один документ, и в нём может быть {most:,}.",
)
SPLIT = Phrase(
    "Split it, or write many documents into one jsonl or csv file, which may be of any size.",
    "Разделите его или запишите документы в один файл jsonl или csv: он может быть любого размера.",
)


def lines(file: Path, name: str) -> Iterator[str]:
    """Yield the lines of `file`, called `name` in messages, with their ends.

    Raises:
        InputError: it cannot be read, is not UTF-8, holds bytes that no text has, or a line that
            is too long.
    """
    try:
        with file.open("rb") as opened:
            number = 0
            while piece := opened.readline(LONGEST + 1):
                number += 1
                if len(piece) > LONGEST:
                    raise InputError(LONG_LINE, ONE_A_LINE, path=name, line=number, most=LONGEST)
                yield _decoded(piece, name, number)
    except OSError as error:
        raise InputError(UNREADABLE, path=name, why=error.strerror or error) from error


def content(file: Path, name: str) -> str:
    """Return the text of `file`, called `name` in messages.

    Raises:
        InputError: as `lines`, or it has more than WHOLE bytes.
    """
    try:
        size = file.stat().st_size
    except OSError as error:
        raise InputError(UNREADABLE, path=name, why=error.strerror or error) from error
    if size > WHOLE:
        raise InputError(LARGE, SPLIT, path=name, size=size, most=WHOLE)
    return "".join(lines(file, name))


def _decoded(piece: bytes, name: str, number: int) -> str:
    try:
        text = piece.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(ENCODING, SAVE_UTF8, path=name, line=number) from error
    for char in CONTROLS:
        if char in text:
            code = f"U+{ord(char):04X}"
            raise InputError(BINARY, SAVE_UTF8, path=name, line=number, code=code)
    return text
