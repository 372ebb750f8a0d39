"""Many calls at once: a JSON object of arguments a line in, a result a line out, in order.

A line that cannot be answered gives `{"error": "...", "line": 3}` in its place and the next one
goes on, so line 7 of the output always belongs to line 7 of the input.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from samovar import endpoints
from samovar.errors import InputError, SamovarError
from samovar.phrases import Language, Phrase

UNREADABLE = Phrase("{path} cannot be read: {why}.", "Не удалось прочитать {path}: {why}.")
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
log = logging.getLogger(__name__)


def answer(
    slug: str, source: str, out: IO[str], language: Language, common: dict[str, Any]
) -> None:
    """Write the result of every line of `source` (a path, or - for stdin) to `out`.

    `common` holds arguments for every line; the line's own come first.

    Raises:
        InputError: the file cannot be read.
    """
    bad = number = 0
    with _opened(source) as (stream, total):
        for number, line in enumerate(tqdm(stream, total=total, unit="line", file=sys.stderr), 1):
            result, good = _one(slug, line, common, language, number)
            bad += not good
            out.write(written(result) + "\n")
            out.flush()
    if bad:
        print(FAILED.say(language, bad=bad, all=number), file=sys.stderr)


def written(result: Any) -> str:
    """Return `result` as one line of JSON."""
    return json.dumps(result, ensure_ascii=False)


def _one(
    slug: str, line: bytes, common: dict[str, Any], language: Language, number: int
) -> tuple[Any, bool]:
    try:
        return endpoints.call(slug, {**common, **_read(line, slug)}), True
    except SamovarError as error:
        return {"error": error.say(language), "line": number}, False
    except Exception as error:  # a long batch must not die of one line
        log.exception("line %d", number)
        said = BROKEN.say(language, kind=type(error).__name__)
        return {"error": said, "line": number}, False


def _read(line: bytes, slug: str) -> dict[str, Any]:
    first = endpoints.names(slug)[0]
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(NOT_UTF8) from error
    except (ValueError, RecursionError) as error:
        raise InputError(NOT_JSON, LIKE, first=first, why=str(error).rstrip(".")) from error
    if not isinstance(value, dict):
        raise InputError(NOT_OBJECT, LIKE, first=first, value=type(value).__name__)
    return value


@contextmanager
def _opened(source: str) -> Iterator[tuple[IO[bytes], int | None]]:
    """Open `source` and count its lines where that is possible."""
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
