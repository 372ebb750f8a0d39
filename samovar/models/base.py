"""One small protocol per role; everything else is written once on top of these."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from samovar.phrases import Language
from samovar.records import ChatRequest, Completion, Entailment, Markup, Token

TextKind = Literal["query", "passage", "symmetric"]
Progress = Callable[[int, int], None]
"""Called with (done, total)."""


class ChatModel(Protocol):
    """Continue conversations. Several threads may call one model at once; it batches them."""

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        ...

    @property
    def engine(self) -> str:
        """Return the engine's name: openvino, llamacpp, transformers, llama-server or remote."""
        ...

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that the model is good for, as in the catalog."""
        ...

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests` in one batch, in their order.

        Setting `stop` ends them early with finish "cancelled". A conversation longer than the
        context loses its oldest turns, never the system turn nor the last one (which is cut at its front).

        Raises:
            ModelError: an adapter that is unknown or belongs to another base.
        """
        ...

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the reply in pieces of whole characters; closing the iterator or `stop` cancels it."""
        ...

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Return how likely the reply begins with each of `words` rather than with another of them.

        Float64 [words], its sum is 1; a word counts by its first token. Requests with the same
        beginning are read on from there when they are weighed one after the other.

        Raises:
            ModelError: the engine does not tell probabilities, or `stop` was set before it was asked.
        """
        ...

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        ...

    def close(self) -> None:
        """Free the memory; later calls raise ModelError."""
        ...


class Encoder(Protocol):
    """Turn texts into vectors."""

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        ...

    @property
    def engine(self) -> str:
        """Return the engine's name: openvino or sentence-transformers."""
        ...

    @property
    def revision(self) -> str:
        """Return what identifies the exact weights (package version or commit, and file hash)."""
        ...

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        ...

    def encode(
        self, texts: Sequence[str], kind: TextKind = "symmetric", progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Return unit vectors, float32 [texts, dimensions]; `kind` chooses the model's own prefix."""
        ...


class Reranker(Protocol):
    """Read a question together with a passage (a cross-encoder)."""

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        ...

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each passage answers, float32 [passages]; higher is better."""
        ...


class EntailmentModel(Protocol):
    """Tell whether a premise entails, leaves open or contradicts a hypothesis."""

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        ...

    def classify(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """Return the probabilities for each (premise, hypothesis)."""
        ...


class Verifier(Protocol):
    """Tell whether two requests ask for the same."""

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """Return for each (source, text) how likely both ask for the same, float64 [pairs]."""
        ...


class Tagger(Protocol):
    """Find named entities."""

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        ...

    def tag(self, texts: Sequence[str], language: Language) -> list[Markup]:
        """Return what was found in each text, spans sorted by start."""
        ...


class Parser(Protocol):
    """Tell the grammar of texts in one language. Several threads may call one parser at once."""

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        ...

    def parse(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each text, in their order; an empty text has none."""
        ...
