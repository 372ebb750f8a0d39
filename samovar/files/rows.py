"""One row of a file, whatever its format, and what is said where a row is not right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the fields of one row and the line that it begins in."""

    line: int
    fields: Mapping[str, Any]


def shown(value: object) -> str:
    """Return `value` as a message repeats it."""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
