"""A chat model that draws every reply with settings of ours, whatever it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import ChatModel
from samovar.records import ChatRequest, Completion, Sampling


@dataclass(frozen=True, slots=True)
class SettledChat:
    """Ask `chat` for the same replies under the sampling that `settle` makes of the one asked for."""

    chat: ChatModel
    settle: Callable[[Sampling], Sampling]

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        return self.chat.name

    @property
    def engine(self) -> str:
        """Return the engine's name."""
        return self.chat.engine

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that the model is good for."""
        return self.chat.languages

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests` in one batch, in their order."""
        return self.chat.complete([self._settled(one) for one in requests], stop)

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the reply in pieces of whole characters."""
        return self.chat.stream(self._settled(request), stop)

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Return how likely the reply begins with each of `words`; nothing is drawn for that."""
        return self.chat.weigh(request, words, stop)

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`."""
        return self.chat.count(text)

    def close(self) -> None:
        """Free the memory of the model."""
        self.chat.close()

    def _settled(self, request: ChatRequest) -> ChatRequest:
        return replace(request, sampling=self.settle(request.sampling))
