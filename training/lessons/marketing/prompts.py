"""What a text is written from as one source of a pair, and its prompt: that of samovar.marketing."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from samovar import schema
from samovar.marketing.facts.brief import Brief
from samovar.marketing.prompt import turns
from samovar.phrases import Language
from samovar.records import Turn


def source(brief: Brief, channel: str, tone: str) -> str:
    """Return sheet, channel and tone as JSON."""
    return json.dumps(
        {"sheet": asdict(brief), "channel": channel, "tone": tone}, ensure_ascii=False
    )


def prompt(text: str, language: Language) -> tuple[Turn, ...]:
    """Return the turns that serving would send for what `source` wrote.

    Without a sheet there are none: all that stands before it is the sheet's.
    """
    if not text:
        return ()
    asked: dict[str, Any] = json.loads(text)
    brief = schema.record(asked["sheet"], Brief)
    return turns(brief, language, asked["channel"], asked["tone"])
