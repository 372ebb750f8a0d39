"""The pairs of one transcript: what trains, what chooses and what only measures."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samovar import language
from samovar.character.persona import Character
from samovar.errors import InputError
from samovar.phrases import Language, Phrase
from samovar.records import Fact
from training.corpora.transcripts import Line
from training.lessons.character import prompts
from training.lessons.character.duplicates import repeated
from training.lessons.character.notes import Notes, retold
from training.lessons.character.scenes import scenes
from training.lessons.character.series import Series
from training.lessons.character.windows import Cut, Window, windows, without

PARTS = ("training", "validation", "test")
HELD_OUT = 10
"""Of a hundred scenes in each held-out part, where a transcript has no seasons to hold out."""
SAMPLE = 50
"""Lines whose language tells that of the transcript."""

SILENT = Phrase(
    "{speaker} answers nobody in this transcript.",
    "В этой стенограмме {speaker} никому не отвечает.",
)
SPEAKERS = Phrase("Its speakers: {names}.", "Говорят в ней: {names}.")


@dataclass(frozen=True, slots=True)
class Talks:
    """Hold the windows of each part, and how many replies were taken out because they repeat others."""

    parts: Mapping[str, list[Window]]
    repeated: int
    scenes: int


def talks(lines: Sequence[Line], series: Series, cut: Cut) -> Talks:
    """Return the windows of clean `lines` by part; no scene stands in two parts.

    A reply that repeats an earlier one, or one of a held-out part, is not learned. Held-out parts keep
    their repetitions of each other, but none of their replies trains.

    Raises:
        InputError: the character answers nobody.
    """
    found = scenes(lines, series.speaker)
    parts: dict[str, list[Window]] = {name: [] for name in PARTS}
    for number, scene in enumerate(found):
        parts[_part(scene, number, series)] += windows(scene, series.speaker, cut)
    if not parts["training"]:
        names = Counter(line.speaker for line in lines).most_common(10)
        listed = ", ".join(name for name, _ in names)
        raise InputError(SILENT, SPEAKERS, speaker=series.speaker, names=listed)
    held = [text for name in PARTS[1:] for window in parts[name] for text in window.replies]
    own = [window.replies for window in parts["training"]]
    marks = repeated([*held, *(text for replies in own for text in replies)])[len(held) :]
    kept, at = [], 0
    for window, replies in zip(parts["training"], own, strict=True):
        twice = frozenset(n for n in range(len(replies)) if marks[at + n])
        at += len(replies)
        left = without(window, twice)
        kept += [left] if left else []
    return Talks({**parts, "training": kept}, int(marks.sum()), len(found))


def _part(scene: Sequence[Line], number: int, series: Series) -> str:
    season = scene[0].season
    if series.test is not None:
        held = {series.validation: "validation", series.test: "test"}
        return held.get(season, "training")
    digest = hashlib.sha256(f"{season}/{scene[0].episode}/{number}".encode()).digest()
    place = int.from_bytes(digest[:4], "big") % 100
    return PARTS[1 + (place >= HELD_OUT)] if place < 2 * HELD_OUT else "training"


def pairs(
    found: Sequence[Window], series: Series, tongue: Language, notes: Notes | None = None
) -> list[dict[str, Any]]:
    """Return the pairs of windows as training/chat.py reads them; `notes` puts facts beside some."""
    beside = notes.of([window.reply for window in found]) if notes else [()] * len(found)
    return [
        {
            "source": prompts.source(series.slug, window, facts),
            "target": window.reply,
            "earlier": [turn.text for turn in window.turns[:-1] if turn.learned],
            "language": tongue,
            "origin": series.origin,
        }
        for window, facts in zip(found, beside, strict=True)
    ]


def of_facts(facts: Sequence[Fact], character: Character) -> list[dict[str, Any]]:
    """Return a pair for each fact that the character can tell of himself or of others."""
    return [
        {
            "source": prompts.written(character.slug, [("user", message)], notes),
            "target": reply,
            "language": "en",
            "origin": "samovar",
        }
        for message, reply, notes in retold(facts, character)
    ]


def spoken_language(lines: Sequence[Line]) -> Language:
    """Return the language of most of the longest lines."""
    longest = sorted(lines, key=lambda line: -len(line.text))[:SAMPLE]
    told = Counter(language.detect(line.text) for line in longest)
    return "ru" if told["ru"] > told["en"] else "en"


def written(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return `rows` as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
