"""The classifier fitted to the suite's own examples: a bot that needs no server."""

from __future__ import annotations

import time

from samovar.models.base import Encoder
from samovar.paraphrase.bench.bots.base import Reply
from samovar.paraphrase.nlu.intents import NONE, Intents


class Fitted:
    """Ask a classifier in this process."""

    def __init__(self, intents: Intents, encoder: Encoder) -> None:
        """Take the classifier and the encoder that it was fitted with."""
        self._intents = intents
        self._encoder = encoder

    @property
    def name(self) -> str:
        """Return the file that it was fitted to, and the encoder."""
        return f"{self._intents.source} ({self._encoder.name})"

    def ask(self, text: str) -> Reply:
        """Return the likeliest intent."""
        begun = time.perf_counter()
        guess = self._intents.guesses(text, (), self._encoder).original
        intent = "" if guess.intent == NONE else guess.intent
        return Reply(intent, None, "", (time.perf_counter() - begun) * 1000)

    def close(self) -> None:
        """Do nothing: models belong to the process."""
