"""Check a JSON schema before an engine sees it.

One schema that its grammar compiler refuses makes every later step of a GenAI pipeline fail, also
for the other requests in it; so the same compiler looks at the schema first.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.settings import ROOT

BAD_SCHEMA = Phrase(
    "The JSON schema cannot be followed: {why}.", "Такой JSON Schema следовать нельзя: {why}."
)
PLACE = re.compile(r"^\[[0-9:]+\] \S+:\d+: ")
"""In the compiler's messages: "[05:12:00] /project/cpp/json_schema_converter.cc:4944: "."""


def checked(schema: Mapping[str, Any]) -> str:
    """Return `schema` as JSON text.

    Raises:
        InputError: it is no JSON schema, or uses what xgrammar does not know.
    """
    try:
        text = json.dumps(schema, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        text, why = "", str(error)
    else:
        why = _refusal(text)
    if why:
        raise InputError(BAD_SCHEMA, why=why.rstrip("."))
    return text


@lru_cache(maxsize=256)
def _refusal(schema: str) -> str:
    """Return why the compiler refuses `schema`, or nothing.

    xgrammar brings torch and transformers: 250 MB and 2.5 s. Where they are not in this process, one of
    its own looks at the schema and ends.
    """
    if "xgrammar" in sys.modules:
        return refusal(schema)
    looked = subprocess.run(
        [sys.executable, "-m", "samovar.models.chat.grammar"],
        input=schema,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    return refusal(schema) if looked.returncode else looked.stdout


def refusal(schema: str) -> str:
    """Return why the compiler refuses `schema`, or nothing."""
    import xgrammar

    try:
        xgrammar.Grammar.from_json_schema(schema)
    except (RuntimeError, ValueError) as error:
        last = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        return PLACE.sub("", last)
    return ""


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(refusal(sys.stdin.read()))
