"""Rows of JSON Lines, checked: each error names the file and the line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from samovar.errors import InputError
from samovar.files.rows import Row, shown
from samovar.files.source import File
from samovar.files.text import lines
from samovar.phrases import Phrase

NOT_JSON = Phrase(
    "{path}, line {line}: this is not JSON ({why}).", "{path}, строка {line}: это не JSON ({why})."
)
NOT_OBJECT = Phrase(
    "{path}, line {line}: a JSON object is expected, not {value}.",
    "{path}, строка {line}: нужен объект JSON, а не {value}.",
)
SURROGATE = Phrase(
    "{path}, line {line}: half of a character (a lone surrogate).",
    "{path}, строка {line}: половина символа (одиночный суррогат).",
)


def values(file: File, hint: Phrase) -> Iterator[tuple[int, Any]]:
    """Yield the number and the value of every line; blank lines are skipped.

    Raises:
        InputError: as `samovar.files.text.lines`, or a line is no JSON; `hint` is the way out.
    """
    for number, line in enumerate(lines(file), 1):
        if line.strip():
            yield number, _value(line.rstrip("\r\n"), {"path": file.name, "line": number}, hint)


def objects(file: File, hint: Phrase) -> Iterator[Row]:
    """Yield the objects of a file whose lines hold nothing else.

    Raises:
        InputError: as `values`, or a line is no object.
    """
    for number, value in values(file, hint):
        if not isinstance(value, dict):
            where = {"path": file.name, "line": number}
            raise InputError(NOT_OBJECT, hint, value=shown(value), **where)
        yield Row(number, value)


def _value(line: str, where: dict[str, Any], hint: Phrase) -> Any:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(NOT_JSON, hint, why=str(error).rstrip("."), **where) from error
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError(SURROGATE, **where) from error
    return value
