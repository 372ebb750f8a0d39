"""Draw replies: one grows before the visitor's eyes while others are written beside it."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from samovar import language as languages
from samovar.character.grounding.claims import Judge
from samovar.character.grounding.retrieval import FactBase
from samovar.character.persona import Character
from samovar.character.prompt import STOPS, turns
from samovar.character.speech.lines import Speaker, over, spoken, steady, trimmed
from samovar.character.style import Speakers
from samovar.models.base import ChatModel, Encoder
from samovar.phrases import Language
from samovar.records import ChatRequest, Fact, Sampling, Turn

TOKENS = 96
DRAWN = {"openvino": 4, "transformers": 4}
"""Engine → replies drawn where they are ranked; elsewhere PAIR, because llama.cpp gains little by
batches on a CPU."""
PAIR = 2
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

    def language(self, character: Character, message: str) -> Language:
        """Return the language of the reply: the visitor's where character and model speak it."""
        wanted = character.language(languages.detect(message))
        return wanted if wanted in self.chat.languages else character.language("en")

    @property
    def drawn(self) -> int:
        """Return how many replies are drawn where they are ranked."""
        return DRAWN.get(self.chat.engine, PAIR)


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
    with closing(_pieces(chat, asked)) as pieces:
        for piece in pieces:
            raw += piece
            text = steady(raw, asked.speaker)
            if over(text):
                break
            if text.startswith(told) and text != told:
                told = text
                yield told
    last = trimmed(spoken(raw, asked.speaker), cut=not asked.stop.is_set())
    if last != told or not last:
        yield last


def further(chat: ChatModel, asked: Asked, numbers: Sequence[int]) -> list[str]:
    """Return the replies of these numbers, drawn in one batch; those that say nothing are left out."""
    if not numbers:
        return []
    done = chat.complete([asked.request(number) for number in numbers], asked.stop)
    texts = (trimmed(spoken(one.text, asked.speaker), cut=True) for one in done)
    return [text for text in texts if text]


def _pieces(chat: ChatModel, asked: Asked) -> Generator[str, None, None]:
    yield from chat.stream(asked.request(0), asked.stop)
