"""What the tool is asked for in its evaluation: unseen sheets, each in three channels and tones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar.marketing.facts.brief import Brief, products
from samovar.phrases import Language

FILE = "marketing/sheets-test.jsonl"
CHANNELS = ("post", "email", "banner", "sms", "landing")
TONES = ("plain", "friendly", "expert", "bold")
EACH = 3
"""Channels of a sheet; all five come about as often."""
N = 3
"""Texts of a task, as the page asks for."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Task:
    """Ask for N texts about a sheet."""

    brief: Brief
    language: Language
    channel: str
    tone: str

    @property
    def key(self) -> str:
        """Return what names it in files."""
        return f"{self.brief.id}/{self.channel}/{self.tone}"


def tasks(data: Path, language: Language, most: int) -> list[Task]:
    """Return the tasks of a language, the first of every sheet first; `most` of them, 0: all."""
    sheets = [brief for brief in products(data / FILE).values() if brief.language == language]
    found = [_task(sheets, at, turn, language) for turn in range(EACH) for at in range(len(sheets))]
    return found[: most or None]


def _task(sheets: Sequence[Brief], at: int, turn: int, language: Language) -> Task:
    channel = CHANNELS[(at + 2 * turn) % len(CHANNELS)]
    tone = TONES[(at + at // len(TONES) + turn) % len(TONES)]
    return Task(sheets[at], language, channel, tone)
