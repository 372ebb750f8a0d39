"""JSON Lines of arguments: open a file or stdin, read a line, and say what is wrong with one."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from samovar.errors import InputError
from samovar.files.source import UNREADABLE as UNREADABLE
from samovar.phrases import Phrase

NOT_UTF8 = Phrase("The line is not UTF-8.", "Строка не в кодировке UTF-8.")
NOT_JSON = Phrase("The line is not JSON: {why}.", "Строка не JSON: {why}.")
NOT_OBJECT = Phrase(
    "The line must be a JSON object of arguments, but it is {value}.",
    "Строка должна быть объектом JSON с аргументами, а это {value}.",
)
LIKE = Phrase('Write it like {{"{first}": "…"}}.', 'Запишите так: {{"{first}": "…"}}.')
BROKEN = Phrase(
    "An internal error ({kind}); the log on stderr has the details.",
    "Внутренняя ошибка ({kind}), подробности в журнале stderr.",
)
FAILED = Phrase(
    "{bad} of {all} lines were not answered.", "Без ответа осталось строк: {bad} из {all}."
)


def read(line: bytes, first: str) -> dict[str, Any]:
    """Return the object in `line`; `first` names an argument for the hint.

    Raises:
        InputError: not UTF-8, not JSON, or no object.
    """
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        raise InputError(NOT_JSON, LIKE, first=first, why=str(error).rstrip(".")) from error
    if not isinstance(value, dict):
        raise InputError(NOT_OBJECT, LIKE, first=first, value=type(value).__name__)
    return value


def written(result: Any) -> str:
    """Return `result` as one line of JSON."""
    return json.dumps(result, ensure_ascii=False)


@contextmanager
def source_stream(source: str) -> Iterator[tuple[IO[bytes], int | None]]:
    """Open `source` (a path, or - for stdin) and count its lines where that is possible.

    Raises:
        InputError: the file cannot be read.
    """
    if source == "-":
        yield sys.stdin.buffer, None
        return
    try:
        path = Path(source)
        with path.open("rb") as counted:
            total = sum(1 for _ in counted)
        stream = path.open("rb")
    except OSError as error:
        raise InputError(UNREADABLE, path=source, why=error.strerror or str(error)) from error
    with stream:
        yield stream, total
