"""How fast a chat model answers on this machine: its last replies are timed."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.models.base import ChatModel
from samovar.records import ChatRequest, Completion

LAST = 8
"""Calls that are remembered."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Hold what the last calls took, the reading of their prompts included."""

    replies: int
    tokens: int
    seconds: float
    """Of all calls, one after another; replies of one call run together."""

    @property
    def rate(self) -> float:
        """Return tokens per second."""
        return self.tokens / self.seconds


@dataclass(frozen=True, slots=True)
class _Call:
    seconds: float
    replies: int
    tokens: int = 0
    text: str = ""
    """Of a stream: its tokens are counted when somebody asks."""


class TimedChat:
    """Answer by another chat model and remember how long that took; see ChatModel for the methods."""

    def __init__(self, inner: ChatModel) -> None:
        """Take the model that answers."""
        self._inner = inner
        self._calls: deque[_Call] = deque(maxlen=LAST)

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        return self._inner.name

    @property
    def engine(self) -> str:
        """Return the engine's name."""
        return self._inner.engine

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that the model is good for."""
        return self._inner.languages

    @property
    def adapters(self) -> tuple[str, ...] | None:
        """Return the adapters that a server was started with; None: the model finds its own."""
        held: tuple[str, ...] | None = getattr(self._inner, "adapters", None)
        return held

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`, in their order."""
        began = time.perf_counter()
        replies = self._inner.complete(requests, stop)
        tokens = sum(reply.tokens for reply in replies)
        self._calls.append(_Call(time.perf_counter() - began, len(replies), tokens))
        return replies

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the reply in pieces of whole characters."""
        began, said = time.perf_counter(), []
        try:
            with closing(self._pieces(request, stop)) as pieces:
                for piece in pieces:
                    said.append(piece)
                    yield piece
        finally:
            self._calls.append(_Call(time.perf_counter() - began, 1, text="".join(said)))

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Return how likely the reply begins with each of `words`; this is not timed."""
        return self._inner.weigh(request, words, stop)

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        return self._inner.count(text)

    def close(self) -> None:
        """Free the memory."""
        self._inner.close()

    def pace(self) -> Pace | None:
        """Return the pace of the last calls; None: there was none that said something."""
        calls = list(self._calls)
        with suppress(ModelError):  # closed meanwhile
            tokens = sum(call.tokens or self.count(call.text) for call in calls)
            seconds = sum(call.seconds for call in calls)
            if tokens and seconds:
                return Pace(sum(call.replies for call in calls), tokens, seconds)
        return None

    def _pieces(
        self, request: ChatRequest, stop: threading.Event | None
    ) -> Generator[str, None, None]:
        yield from self._inner.stream(request, stop)
