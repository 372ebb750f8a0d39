"""Many calls at once: a JSON object of arguments a line in, a result a line out, in order.

A line that cannot be answered gives `{"error": "...", "line": 3}` in its place and the next one
goes on, so line 7 of the output always belongs to line 7 of the input.
"""

from __future__ import annotations

import logging
import sys
from typing import IO, Any

from tqdm import tqdm

from samovar import endpoints
from samovar.command.json_lines import BROKEN, FAILED, read, source_stream, written
from samovar.errors import SamovarError
from samovar.phrases import Language

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
    with source_stream(source) as (stream, total):
        for number, line in enumerate(tqdm(stream, total=total, unit="line", file=sys.stderr), 1):
            result, good = _result(slug, line, common, language, number)
            bad += not good
            out.write(written(result) + "\n")
            out.flush()
    if bad:
        print(FAILED.say(language, bad=bad, all=number), file=sys.stderr)


def _result(
    slug: str, line: bytes, common: dict[str, Any], language: Language, number: int
) -> tuple[Any, bool]:
    try:
        return endpoints.call(slug, {**common, **read(line, endpoints.names(slug)[0])}), True
    except SamovarError as error:
        return {"error": error.say(language), "line": number}, False
    except Exception as error:  # a long batch must not die of one line
        log.exception("line %d", number)
        said = BROKEN.say(language, kind=type(error).__name__)
        return {"error": said, "line": number}, False
