"""Draw replies: one grows before the visitor's eyes, others out of sight where they are needed."""

from __future__ import annotations

import re
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Self

from samovar import language as languages
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.repertoire import Repertoire
from samovar.character.grounding.retrieval import FactBase
from samovar.character.persona import Character
from samovar.character.prompt import STOPS, turns
from samovar.character.speech.lines import Speaker, closed, over, spoken, steady, trimmed
from samovar.character.speech.style import Speakers
from samovar.models.base import ChatModel, Encoder
from samovar.phrases import Language
from samovar.records import ChatRequest, Fact, Sampling, Turn

TOKENS = 96


@dataclass(frozen=True, slots=True)
class Drawing:
    """Say how an engine draws replies where they are ranked."""

    most: int
    """Replies, the first one included."""
    ahead: bool
    """Whether the others are written beside the first one, before it is known whether they are needed."""


DRAWING = {
    "openvino": Drawing(4, True),
    "transformers": Drawing(4, True),
    "remote": Drawing(2, True),
    "llama-server": Drawing(2, True),
    "llamacpp": Drawing(2, False),
}
"""Engine → how it draws: llama.cpp gains little by batches on a CPU."""
ANEW = 2
"""Replies drawn once it is known what they must not contradict."""
ENDING = re.compile(r"[.!?…:\n>]")
"""What a piece holds that may end a reply."""
WARMER = 0.2
"""Added to the temperature of every further reply: the same words again are no choice."""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Hold the models that play a character; only the chat model is needed."""

    chat: ChatModel
    adapter: str | None = None
    """One of the chat model's."""
    encoder: Encoder | None = None
    base: FactBase | None = None
    judge: Judge | None = None
    speakers: Speakers | None = None
    repertoire: Repertoire | None = None

    def language(self, character: Character, message: str) -> Language:
        """Return the language of the drafts: the visitor's where character and model speak it."""
        wanted = spoken_with(character, message)
        return wanted if wanted in self.chat.languages else character.language("en")

    @property
    def drawing(self) -> Drawing:
        """Return how replies are drawn where they are ranked."""
        return DRAWING.get(self.chat.engine, DRAWING["llamacpp"])


def spoken_with(character: Character, message: str) -> Language:
    """Return the language in which the character would answer, whatever the model speaks."""
    return character.language(languages.detect(message))


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold what a reply is drawn for."""

    character: Character
    message: str
    history: Sequence[Turn]
    language: Language
    facts: tuple[Fact, ...] = ()
    corrected: Fact | None = None
    """What the message, or a reply drawn before, has got wrong."""
    adapter: str | None = None
    seed: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def visitors(self) -> Language:
        """Return the language of what was written beforehand."""
        return spoken_with(self.character, self.message)

    @property
    def told(self) -> tuple[str, ...]:
        """Return what the character has said before."""
        return tuple(turn.text for turn in self.history if turn.role == "assistant")

    @property
    def speaker(self) -> Speaker:
        """Return the names that may stand in front of a line."""
        names = (*self.character.called, self.character.name.en, self.character.name.ru)
        return Speaker(tuple(dict.fromkeys(names)), self.character.cast)

    def request(self, number: int) -> ChatRequest:
        """Return the request of reply `number`, 0 the first."""
        prompt = turns(
            self.character, self.history, self.message, self.language, self.facts, self.corrected
        )
        drawn = sampling(self.seed + number, bool(self.facts))
        if number:
            drawn = replace(drawn, temperature=drawn.temperature + WARMER)
        return ChatRequest(prompt, drawn, self.adapter, stop=STOPS)


def sampling(seed: int, grounded: bool) -> Sampling:
    """Return how replies are drawn, with facts at hand (`grounded`) or without.

    Tried with SmolLM2-135M: at 0.6 and above it leaves the topic. The prompt counts for the
    penalty as well, so that 1.1 forbids it the very words of the facts; without any penalty and
    without facts it loops. Loops that remain are cut off by `trimmed`.
    """
    if grounded:
        return Sampling(0.25, 0.9, 40, 1.0, TOKENS, seed)
    return Sampling(0.35, 0.9, 40, 1.1, TOKENS, seed)


def growing(chat: ChatModel, asked: Asked) -> Iterator[str]:
    """Yield the first reply so far, again and again; the last one is the reply.

    Raises:
        ModelError: the engine refuses or is closed.
    """
    raw = told = ""
    with closing(_pieces(chat, asked, 0)) as pieces:
        for piece in pieces:
            raw += piece
            text = steady(raw, asked.speaker)
            if over(text) or closed(raw, asked.speaker):
                break
            if text.startswith(told) and text != told:
                told = text
                yield told
    last = trimmed(spoken(raw, asked.speaker), cut=not asked.stop.is_set())
    if last != told or not last:
        yield last


def further(
    chat: ChatModel,
    asked: Asked,
    numbers: Sequence[int],
    enough: threading.Event | None = None,
) -> list[str]:
    """Return the replies of these numbers, drawn at once; those that say nothing are left out.

    Each ends where nothing of it would be shown any more, and all of them once `enough` is set.
    """
    if not numbers:
        return []
    ended = enough or threading.Event()
    with ThreadPoolExecutor(len(numbers), "samovar-draft") as pool:
        texts = list(pool.map(lambda number: _unseen(chat, asked, number, ended), numbers))
    return [text for text in texts if text]


class Others:
    """Hold the further replies of one message; use it as a context, which ends them.

    They are begun when the first one begins, or not before they are asked for.
    """

    def __init__(self, chat: ChatModel, asked: Asked, numbers: Sequence[int]) -> None:
        """Take what to draw; nothing is drawn yet."""
        self._work = partial(further, chat, asked, numbers)
        self._enough = threading.Event()
        self._pool = ThreadPoolExecutor(1, "samovar-drafts")
        self._drawn: Future[list[str]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._enough.set()
        self._pool.shutdown(wait=False)

    def begin(self) -> None:
        """Begin to draw them, if that is not done yet."""
        if self._drawn is None:
            self._drawn = self._pool.submit(self._work, self._enough)

    def texts(self) -> list[str]:
        """Return them, whole.

        Raises:
            ModelError: the engine refuses or is closed.
        """
        self.begin()
        assert self._drawn is not None
        return self._drawn.result()


def _unseen(chat: ChatModel, asked: Asked, number: int, enough: threading.Event) -> str:
    raw = ""
    with closing(_pieces(chat, asked, number)) as pieces:
        for piece in pieces:
            raw += piece
            if enough.is_set():
                return ""
            if ENDING.search(piece) and (
                over(steady(raw, asked.speaker)) or closed(raw, asked.speaker)
            ):
                break
    return trimmed(spoken(raw, asked.speaker), cut=True)


def _pieces(chat: ChatModel, asked: Asked, number: int) -> Generator[str, None, None]:
    yield from chat.stream(asked.request(number), asked.stop)
