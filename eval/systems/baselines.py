"""What the paraphrase adapter is compared with; each fulfils ChatModel and goes through the same tool."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import ChatModel
from samovar.morphology import flat
from samovar.paraphrase.validation.words import stem
from samovar.phrases import Language
from samovar.records import ChatRequest, Completion

UNASKED = Completion("", "cancelled", 0, 0, 0.0)
SHARE = 0.5
"""Chance that the lexical baseline replaces a word that it could replace."""


class Wrapped:
    """Pass everything on to another chat model."""

    def __init__(self, model: ChatModel) -> None:
        """Wrap `model`."""
        self._model = model
        self.name, self.engine, self.languages = model.name, model.engine, model.languages

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`."""
        return self._model.complete(requests, stop)

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the whole reply at once."""
        yield self.complete([request], stop)[0].text

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Return how likely the reply begins with each of `words`."""
        return self._model.weigh(request, words, stop)

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`."""
        return self._model.count(text)

    def close(self) -> None:
        """Free the wrapped model."""
        self._model.close()


class Lexical(Wrapped):
    """No model at all: words are replaced by others of the same shipped group."""

    def __init__(self, model: ChatModel, groups: Path, language: Language) -> None:
        """Read the `groups`, one a line; `model` only lends its name and languages."""
        super().__init__(model)
        self._language: Language = language
        self._partners: dict[str, list[str]] = {}
        for line in groups.read_text(encoding="utf-8").splitlines():
            group = [] if line.startswith("#") else line.split()
            for word in group:
                others = self._partners.setdefault(self._key(word), [])
                others += [other for other in group if other != word]

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Reword the last turn of each request, by its seed."""
        return [self._reworded(one) for one in requests]

    def _reworded(self, request: ChatRequest) -> Completion:
        if request.prefix:
            return UNASKED
        draw = random.Random(request.sampling.seed)
        said = []
        for word in request.turns[-1].text.split():
            partners = self._partners.get(self._key(word), [])
            said.append(draw.choice(partners) if partners and draw.random() < SHARE else word)
        return Completion(" ".join(said), "stop", 0, len(said), 0.0)

    def _key(self, word: str) -> str:
        return flat(word) if self._language == "ru" else stem(word.lower(), self._language)
