"""Texts that a person reads: which are listed, and the verdicts that stay with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.marketing.figures import Judged

LISTED = 50
"""Texts of a column and language that are read by hand."""

Key = tuple[str, str, str, str, str]


def listed(column: str, found: Sequence[Sequence[Judged]], known: Mapping[Key, Any]) -> list[Any]:
    """Return LISTED rows of `column`, the first text of every task first; verdicts in `known` stay."""
    rows = [row(column, one) for turn in _turns(found) for one in turn]
    return [known.get(key(one), one) for one in rows[:LISTED]]


def row(column: str, one: Judged) -> dict[str, Any]:
    """Return a text without a verdict yet.

    To be filled in: `usable` (may be sent with at most a light edit), `unsupported` (says of the product what
    the sheet does not) and, where a verdict is against the text, `why`.
    """
    return {
        "column": column,
        "sheet": one.task.brief.id,
        "channel": one.task.channel,
        "tone": one.task.tone,
        "text": one.text,
        "problems": one.kinds,
        "usable": None,
        "unsupported": None,
        "why": "",
    }


def key(row: Mapping[str, Any]) -> Key:
    """Return what a verdict stays with."""
    return row["column"], row["sheet"], row["channel"], row["tone"], row["text"]


def verdicts(path: Path) -> dict[Key, Any]:
    """Return the listed rows of the result `path` that have a verdict; no file is no rows."""
    if not path.is_file():
        return {}
    rows = json.loads(path.read_text(encoding="utf-8")).get("listed", [])
    return {key(row): row for row in rows if row["usable"] is not None}


def _turns(found: Sequence[Sequence[Judged]]) -> list[list[Judged]]:
    longest = max(map(len, found), default=0)
    return [[row[turn] for row in found if turn < len(row)] for turn in range(longest)]
