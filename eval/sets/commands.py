"""The commands that measure paraphrases, and those for trying things out."""

from __future__ import annotations

import json
from dataclasses import dataclass

from samovar.models.shelf import Shelf
from samovar.phrases import Language


@dataclass(frozen=True, slots=True)
class Command:
    """Hold one command of a set."""

    id: str
    text: str


def development(models: Shelf, language: Language) -> list[Command]:
    """Return the commands for trying things out, which measure nothing."""
    path = models.settings.data / "basket" / f"development-{language}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = [line for line in lines if not line.startswith("#")]
    return [Command(f"development-{at}", text) for at, text in enumerate(texts, 1)]


def shipped(models: Shelf, language: Language) -> list[Command]:
    """Return the commands that measure."""
    path = models.settings.data / "basket" / f"commands-{language}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Command(row["id"], row["text"]) for row in rows]
