"""The larger chat model of this machine under its adapter of requests: it rewords and it verifies."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from samovar.errors import ModelError
from samovar.models.base import ChatModel
from samovar.models.shelf import Shelf
from samovar.paraphrase.generation import verdict
from samovar.phrases import Language, Phrase
from samovar.records import Sampling

TOOL = "paraphrase"
TEMPERATURE, TOP_P = 0.5, 0.95
FREER: Mapping[Language, str] = {"en": "requests-qwen-first"}
"""Language → the adapter that rewords more freely than the one that verifies, which learnt light
rewordings last. In Russian neither of them writes other words that are right."""
MOST_TOKENS = 96
"""Of a rewording; requests have some fifteen."""
SEED_STEP = 1000
"""Between two samples, so that neighbouring seeds of visitors share none."""

ABSENT = Phrase(
    "No larger chat model with an adapter for requests is on this machine.",
    "На этой машине нет большой модели с адаптером для перефразирования.",
)
FETCH = Phrase("Get it with: samovar fetch qwen", "Загрузите её: samovar fetch qwen")


@dataclass(frozen=True, slots=True)
class Rewording:
    """Hold one rewording and how likely it asks for the same as its source."""

    text: str
    probability: float


class Larger:
    """Ask one chat model under one adapter; see samovar.paraphrase.generation.verdict for the prompt."""

    def __init__(
        self, chat: ChatModel, adapter: str, writing: Mapping[Language, str] = MappingProxyType({})
    ) -> None:
        """Take the model, its adapter of requests, and others that write instead of it."""
        self.chat, self.adapter, self.writing = chat, adapter, writing

    @classmethod
    def found(cls, shelf: Shelf) -> Larger | None:
        """Return the one of this machine, None where there is none or memory does not hold it.

        Raises:
            ModelError: the adapter is damaged.
        """
        chat = shelf.chat_of(TOOL)
        adapter = shelf.adapter(TOOL, chat)
        if adapter is None:
            return None
        freer = ((language, shelf.fitting(name, chat)) for language, name in FREER.items())
        return cls(chat, adapter, {language: name for language, name in freer if name})

    @classmethod
    def of(cls, shelf: Shelf) -> Larger:
        """Return the one of this machine.

        Raises:
            ModelError: there is none.
        """
        larger = cls.found(shelf)
        if larger is None:
            raise ModelError(ABSENT, FETCH)
        return larger

    def probability(
        self, source: str, text: str, language: Language, stop: threading.Event | None = None
    ) -> float:
        """Return how likely `text` asks for the same as `source`.

        Raises:
            ModelError: `stop` was set before the model was asked.
        """
        asked = verdict.asked(source, text, language, self.adapter)
        return float(self.chat.weigh(asked, (verdict.SAME, verdict.OTHER), stop)[0])

    def written(
        self,
        source: str,
        language: Language,
        openings: Sequence[str],
        seed: int,
        stop: threading.Event | None = None,
    ) -> list[str]:
        """Return a rewording of `source` behind each of `openings`, all drawn together."""
        sampling = Sampling(TEMPERATURE, TOP_P, max_tokens=MOST_TOKENS)
        adapter = self.writing.get(language, self.adapter)
        requests = [
            replace(
                verdict.reworded(source, language, adapter, opening),
                sampling=replace(sampling, seed=seed + SEED_STEP * at),
            )
            for at, opening in enumerate(openings)
        ]
        replies = self.chat.complete(requests, stop)
        return [
            " ".join(f"{opening} {reply.text}".split())
            for opening, reply in zip(openings, replies, strict=True)
            if reply.finish == "stop"
        ]

    def rewordings(self, source: str, language: Language, n: int, seed: int) -> list[Rewording]:
        """Return `n` rewordings of `source` at most, each once, with their probabilities."""
        texts = dict.fromkeys(self.written(source, language, [""] * n, seed))
        return [Rewording(text, self.probability(source, text, language)) for text in texts]
