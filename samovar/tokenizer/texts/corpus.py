"""A text file that a visitor brings: read whole or refused with the rule that it breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from samovar.errors import InputError
from samovar.phrases import Phrase

BYTES = 2_000_000
SHOWN = 60
BREAK = re.compile(r"(?<=\S\n)(?=\S)")
"""Where a text may be cut and each part still has the tokens that it has in the whole.

Every tokenizer here ends a word at a line break; empty lines are words of their own and stay whole.
"""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Characters that no text holds; half a surrogate pair can be written in JSON."""

KIND = Phrase("{name} is a file of an unknown kind.", "{name} — файл неизвестного вида.")
KINDS = Phrase("Load one of: {kinds}.", "Загрузите один из: {kinds}.")
LARGE = Phrase(
    "{name} has {size:,} bytes; at most {most:,} are read here.",
    "В файле {name} {size:,} байт, а здесь читается не больше {most:,}.",
)
PART = Phrase("Load a part of it.", "Загрузите его часть.")
BINARY = Phrase(
    "{name} is no text in UTF-8: its byte {at:,} is 0x{byte:02X}.",
    "{name} — не текст в UTF-8: его байт {at:,} равен 0x{byte:02X}.",
)
SAVE = Phrase("Save it as plain text in UTF-8.", "Сохраните его как простой текст в UTF-8.")
EMPTY = Phrase("{name} holds no text.", "В файле {name} нет текста.")
OTHER = Phrase("Load another file.", "Загрузите другой файл.")
NO_TEXT = Phrase(
    "Line {at} of {name} is {line}, which holds no text.",
    "Строка {at} файла {name} не содержит текста: {line}.",
)
LINES = Phrase(
    'Each line must be a JSON string or an object with "text".',
    "Каждая строка должна быть строкой JSON или объектом с полем «text».",
)


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Hold the text of a file."""

    name: str
    text: str

    def parts(self) -> list[str]:
        """Return the text in parts that can be cut into tokens one by one."""
        return BREAK.split(self.text)


def read(name: str, data: bytes) -> Corpus:
    """Return the text of a file with this name and content; of JSON Lines that of its lines.

    Raises:
        InputError: another kind of file, a too large one, no UTF-8 text, or nothing in it.
    """
    kind = PurePath(name).suffix.lower()
    if kind not in READERS:
        raise InputError(KIND, KINDS, name=name, kinds=", ".join(READERS))
    if len(data) > BYTES:
        raise InputError(LARGE, PART, name=name, size=len(data), most=BYTES)
    text = READERS[kind](_decoded(name, data), name)
    if not text.strip():
        raise InputError(EMPTY, OTHER, name=name)
    return Corpus(name, text)


def taken(path: Path) -> Corpus:
    """Return the text of an uploaded file; file and folder are removed, whatever is in them.

    Raises:
        InputError: as `read`.
    """
    try:
        return read(path.name, path.read_bytes())
    finally:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # the upload's own folder, unless it holds another file
            path.parent.rmdir()


def _decoded(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
        raise InputError(BINARY, SAVE, name=name, at=at + 1, byte=data[at]) from error
    if found := CONTROL.search(text):
        before = len(text[: found.start()].encode())
        raise InputError(BINARY, SAVE, name=name, at=before + 1, byte=ord(found[0]))
    return text


def _plain(text: str, name: str) -> str:
    return text


def _json_lines(text: str, name: str) -> str:
    return "\n\n".join(_texts(text, name))


def _texts(text: str, name: str) -> Iterator[str]:
    for at, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _text(line, at, name)


def _text(line: str, at: int, name: str) -> str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    found = value.get("text") if isinstance(value, Mapping) else value
    if not isinstance(found, str) or CONTROL.search(found):
        shown = line if len(line) <= SHOWN else f"{line[:SHOWN]}…"
        raise InputError(NO_TEXT, LINES, name=name, at=at, line=shown)
    return found


READERS: Mapping[str, Callable[[str, str], str]] = {
    ".txt": _plain,
    ".md": _plain,
    ".jsonl": _json_lines,
}
"""Ending of a file's name → what makes one text of it."""
