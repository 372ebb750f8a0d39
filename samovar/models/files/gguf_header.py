"""Read the metadata at the head of a GGUF file.

`gguf.GGUFReader` was tried: it makes one array per vocabulary entry, which takes 2 s for 49,152
tokens, and 11 s and 600 MB for Gemma's 262,144. Here the vocabulary is skipped: 0.1 s.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from samovar.errors import ModelError
from samovar.phrases import Phrase

SCALARS = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
"""Type number → struct code, as in the GGUF specification; 8 is a string and 9 an array."""
STRING, ARRAY = 8, 9

NO_GGUF = Phrase(
    "{path} is no GGUF file that can be read here (version 2 or 3).",
    "{path} — не файл GGUF, который здесь можно прочитать (нужна версия 2 или 3).",
)


@cache
def header(path: Path) -> dict[str, Any]:
    """Return the metadata that are no arrays, such as {"general.architecture": "llama", …}.

    Raises:
        ModelError: the file is no GGUF, of another version, or cut short.
    """
    try:
        with path.open("rb") as file:
            magic, version, _tensors, count = struct.unpack("<4sIQQ", file.read(24))
            if magic != b"GGUF" or version not in (2, 3):
                raise ModelError(NO_GGUF, path=path.name)
            fields = ((_string(file), _value(file, _scalar(file, "I"))) for _ in range(count))
            return {key: value for key, value in fields if value is not None}
    except (struct.error, KeyError, UnicodeDecodeError) as error:
        raise ModelError(NO_GGUF, path=path.name) from error


def _value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return _string(file)
    if kind != ARRAY:
        return _scalar(file, SCALARS[kind])
    item, count = _scalar(file, "I"), _scalar(file, "Q")
    if item == STRING:
        for _ in range(count):
            file.seek(_scalar(file, "Q"), 1)
    elif item == ARRAY:
        for _ in range(count):
            _value(file, ARRAY)
    else:
        file.seek(count * struct.calcsize(SCALARS[item]), 1)
    return None


def _scalar(file: BinaryIO, code: str) -> Any:
    return struct.unpack("<" + code, file.read(struct.calcsize("<" + code)))[0]


def _string(file: BinaryIO) -> str:
    return file.read(_scalar(file, "Q")).decode("utf-8")
