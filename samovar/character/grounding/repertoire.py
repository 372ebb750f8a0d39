"""What a character has ready in his own words: a saying for each fact, and lines to what no fact answers.

A small model is at its worst where a visitor only chats, and in a language that it hardly speaks. Both
kinds of words were written for this project.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from samovar.character.grounding.facts import FETCH
from samovar.character.grounding.matcher import Matcher
from samovar.errors import StoreError
from samovar.models.base import Encoder
from samovar.phrases import LANGUAGES, Language, Phrase

LIKELY, CERTAIN = 0.25, 0.8
"""How likely a line must be for a message to get it: where no fact competes, and where one does. Chosen on
data/characters/*/lines-development.jsonl."""
ABOUT = 0.02
"""How likely a fact must be for its saying to answer a question without a draft."""
SURELY = 0.3
"""How likely it must be to answer what asks nothing."""
WHOLE = 0.2
"""By how much a line of a single sentence must be likelier than one of the whole message."""
SENTENCES = re.compile(r"(?<=[.!?…])\s+")
Kind = Literal["remark", "opinion", "unknown", "unclear"]
"""Of what was said: a statement, a question about a view or feeling, one about a fact, one that leans on the
talk."""
UNREADABLE = Phrase(
    "The character's words in {path} cannot be read: {why}.",
    "Слова персонажа в {path} не читаются: {why}.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """Hold what visitors say, by language, and what the character replies to it, in several ways."""

    id: str
    topic: str
    messages: Mapping[Language, Sequence[str]]
    replies: Mapping[Language, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Words:
    """Hold what was written for a character."""

    sayings: Mapping[str, Phrase]
    """Id of a fact → how he says it."""
    asked: Mapping[str, Sequence[str]]
    """Id of a fact → questions that it answers, in both languages."""
    lines: tuple[Line, ...]
    deflections: Mapping[str, Sequence[Phrase]]
    """Kind of what was said → replies that fit whatever it was."""


@dataclass(frozen=True, slots=True)
class Repertoire:
    """Find the words of one character."""

    words: Words
    matcher: Matcher | None
    """Without it no line is found."""

    def line(self, encoder: Encoder, message: str, *, facts: bool) -> Line | None:
        """Return the line that answers `message`; None: there is none. `facts`: one may answer it.

        Where no fact may, a single sentence is enough: "Ok, I have to run. Say something nice!"
        """
        if self.matcher is None or not self.words.lines:
            return None
        texts = [message] if facts else [message, *SENTENCES.split(message)]
        likely = np.exp(self.matcher.logs(encoder, texts, [line.id for line in self.words.lines]))
        whole, best = likely[0], likely.max(axis=0)
        chosen = int(np.maximum(whole + WHOLE, best).argmax())
        return self.words.lines[chosen] if best[chosen] >= (CERTAIN if facts else LIKELY) else None

    def saying(self, fact: str, language: Language) -> str:
        """Return how the character says the fact of this id; empty: nothing was written."""
        own = self.words.sayings.get(fact)
        return own.say(language) if own else ""


def read_words(folder: Path) -> Words:
    """Return what the files in `folder` hold; one that is not there holds nothing.

    Raises:
        StoreError: a file is damaged.
    """
    try:
        sayings = {
            one["fact"]: Phrase(one["en"], one["ru"]) for one in _rows(folder / "sayings.jsonl")
        }
        asked = {one["fact"]: (*one["en"], *one["ru"]) for one in _rows(folder / "asked.jsonl")}
        more = {one["id"]: one for one in _rows(folder / "messages.jsonl")}
        deflections: dict[str, list[Phrase]] = {}
        for one in _rows(folder / "deflections.jsonl"):
            deflections.setdefault(one["kind"], []).append(Phrase(one["en"], one["ru"]))
        lines = tuple(_line(one, more.get(one["id"], {})) for one in _rows(folder / "lines.jsonl"))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(UNREADABLE, FETCH, path=folder, why=error) from error
    return Words(sayings, asked, lines, deflections)


def _line(row: Mapping[str, Any], more: Mapping[str, Any]) -> Line:
    messages = {one: (*row["messages"][one], *more.get(one, ())) for one in LANGUAGES}
    return Line(row["id"], row["topic"], messages, {one: row["replies"][one] for one in LANGUAGES})


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        with path.open(encoding="utf-8") as source:
            yield from (json.loads(line) for line in source if line.strip())
