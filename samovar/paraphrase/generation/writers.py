"""Who writes drafts: the small chat model many at once, the larger one a few good ones."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from samovar.models.base import ChatModel
from samovar.paraphrase.generation.larger import SEED_STEP, Larger
from samovar.paraphrase.generation.prompt import samples
from samovar.paraphrase.validation.styles import STARTS, Style
from samovar.phrases import Language

QUOTES = {'"': '"', "“": "”", "«": "»", "'": "'", "`": "`", "‘": "’"}
"""Opening → closing."""
APOSTROPHES = frozenset("'’")
"""Alone they are no quotes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold one draft as it was written."""

    text: str
    finished: bool
    """False when it was cut at the length limit."""


class Writer(Protocol):
    """Write drafts of one request, round by round."""

    @property
    def chat(self) -> ChatModel:
        """Return the chat model that writes."""
        ...

    @property
    def rounds(self) -> int:
        """Return after how many rounds more of the same is hardly worth its time."""
        ...

    def drafts(
        self,
        text: str,
        language: Language,
        seed: int,
        turn: int,
        wanted: Sequence[Style],
        stop: threading.Event | None,
    ) -> list[Draft]:
        """Return the drafts of round `turn`, some in the styles that are `wanted` where the model can.

        A stopped round returns those that were ready.
        """
        ...


@dataclass(frozen=True, slots=True)
class SmallWriter:
    """Draw many samples of a small chat model at once."""

    chat: ChatModel
    adapter: str | None
    rounds: int

    def drafts(
        self,
        text: str,
        language: Language,
        seed: int,
        turn: int,
        wanted: Sequence[Style],
        stop: threading.Event | None,
    ) -> list[Draft]:
        """Return the drafts of round `turn`."""
        replies = self.chat.complete(samples(text, seed, language, self.adapter, turn), stop)
        return [
            Draft(reply.text, reply.finish == "stop")
            for reply in replies
            if reply.finish != "cancelled"
        ]


@dataclass(frozen=True, slots=True)
class LargerWriter:
    """Let the larger chat model write a few."""

    larger: Larger
    each: int
    """Drafts of one round, which are written together."""
    rounds: int

    @property
    def chat(self) -> ChatModel:
        """Return the chat model that writes."""
        return self.larger.chat

    def drafts(
        self,
        text: str,
        language: Language,
        seed: int,
        turn: int,
        wanted: Sequence[Style],
        stop: threading.Event | None,
    ) -> list[Draft]:
        """Return the drafts of round `turn`."""
        starts = [STARTS[language][style] for style in wanted if style in STARTS[language]]
        begun = [listed[turn % len(listed)] for listed in starts][: self.each // 2]
        openings = [*begun, *[""] * (self.each - len(begun))]
        seeds = seed + turn * self.each * SEED_STEP
        return [
            Draft(said, True) for said in self.larger.written(text, language, openings, seeds, stop)
        ]


def cleaned(drafts: Sequence[Draft], original: str) -> list[Draft]:
    """Return the drafts without quotes around them, blank ones left out.

    They begin with a capital where the original does, as the table shows sentences.
    """
    bare = ((unquoted(" ".join(draft.text.split())), draft.finished) for draft in drafts)
    capital = original[:1].isupper()
    return [
        Draft(text[0].upper() + text[1:] if capital else text, finished)
        for text, finished in bare
        if text
    ]


def unquoted(text: str) -> str:
    """Return `text` without the quotes around it and without one that has no partner.

    >>> unquoted('"dim it"'), unquoted('play "Help"'), unquoted('"Help" and "Girl"')
    ('dim it', 'play "Help"', '"Help" and "Girl"')
    """
    opening = {closed: opened for opened, closed in QUOTES.items()}
    first, last = text[:1], text[-1:]
    if len(text) > 1 and QUOTES.get(first) == last and not {first, last} & {*text[1:-1]}:
        return unquoted(text[1:-1].strip())
    if first in QUOTES.keys() - APOSTROPHES and QUOTES[first] not in text[1:]:
        return unquoted(text[1:].strip())
    if last in opening.keys() - APOSTROPHES and opening[last] not in text[:-1]:
        return unquoted(text[:-1].strip())
    return text
