"""Chat by an OpenAI-compatible server: vLLM, llama.cpp's server, Ollama, or our own."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence

import httpx
import numpy as np
from httpx_sse import EventSource
from numpy.typing import NDArray

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.chat.completions import Reply, body, message, shortened
from samovar.models.chat.failures import (
    CHECK_MODEL,
    GIVE_URL,
    NO_URL,
    NONSENSE,
    SILENCE,
    WAITING,
    Failures,
)
from samovar.models.chat.local import NO_WEIGHTS, OTHER_ENGINE
from samovar.models.chat.streaming import Emit, answers, pieces
from samovar.records import ChatRequest, Completion
from samovar.settings import Settings

TOGETHER = 16
"""Requests of one call that are sent at once."""
BYTES_PER_TOKEN = 4
"""About: 4 English letters or 2 Russian ones; servers have no common way to ask."""

SETTING, EXAMPLE = "SAMOVAR_CHAT_URL", "http://localhost:8000/v1"


class RemoteChat:
    """Ask one server; see ChatModel for the methods.

    The key goes to this server alone: redirects are not followed, and neither proxies nor a
    .netrc are read. An adapter is named as the model, as vLLM and our own server expect.
    """

    def __init__(
        self,
        model: Model,
        settings: Settings,
        timeout: httpx.Timeout = WAITING,
    ) -> None:
        """Prepare the connection; nothing is sent yet.

        Raises:
            ModelError: the settings name no server, or no address.
        """
        if not settings.chat_url:
            raise ModelError(NO_URL, GIVE_URL, setting=SETTING, example=EXAMPLE)
        self._model = model
        self._remote = settings.chat_model or model.id
        self._url = settings.chat_url.rstrip("/")
        self._failures = Failures(self._url, SETTING, timeout.read or SILENCE)
        key = settings.chat_key
        try:
            self._http = httpx.Client(
                base_url=self._url,
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=timeout,
                limits=httpx.Limits(max_connections=None),
                trust_env=False,
            )
        except (httpx.InvalidURL, UnicodeError) as error:
            raise self._failures.transport(error) from error

    @property
    def name(self) -> str:
        """Return the model's name at the server, or its id in the catalog where none is set."""
        return self._remote

    @property
    def engine(self) -> str:
        """Return the engine's name."""
        return "remote"

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the catalog's languages; a model unknown to it is taken for multilingual."""
        known = {row.id: row.languages for row in catalog.MODELS}
        return known.get(self._remote, ("en", "ru", "multi"))

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`, in their order, several at once."""
        return answers(self._generate, requests, stop, TOGETHER)

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the reply in the server's pieces."""
        return pieces(lambda emit, cancelled: self._generate(request, emit, cancelled), stop)

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Refuse: servers differ in what they tell of probabilities."""
        raise ModelError(NO_WEIGHTS, OTHER_ENGINE, engine=self.engine)

    def count(self, text: str) -> int:
        """Return about the number of tokens of `text`."""
        return -(-len(text.encode()) // BYTES_PER_TOKEN)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _generate(self, request: ChatRequest, emit: Emit, stop: threading.Event) -> Completion:
        """Answer one request; a conversation that the server finds too long is shortened."""
        began = time.perf_counter()
        while True:
            reply = Reply(emit, stop, request.prefix)
            shorter = self._exchange(request, reply)
            if shorter is None:
                return reply.completion((time.perf_counter() - began) * 1000)
            request = shorter

    def _exchange(self, request: ChatRequest, reply: Reply) -> ChatRequest | None:
        """Read one reply; return a shorter request when the server's context is too small."""
        if self._http.is_closed:
            raise self._failures.closed()
        asked = body(request, self._remote if request.adapter is None else request.adapter)
        try:
            with self._http.stream("POST", "chat/completions", json=asked) as response:
                if response.is_error or response.is_redirect:
                    return self._shorter(request, response)
                for event in EventSource(response).iter_sse():
                    if event.data == "[DONE]":
                        return None
                    said = json.loads(event.data)
                    if "error" in said:
                        raise self._failures.broken(message(event.data.encode()))
                    if reply.read(said):
                        return None
        except NONSENSE as error:
            raise self._failures.garbled() from error
        except httpx.HTTPError as error:
            raise self._failures.transport(error) from error
        return None

    def _shorter(self, request: ChatRequest, response: httpx.Response) -> ChatRequest:
        why = message(response.read())
        shorter = shortened(request) if "context" in why.lower() else None
        if response.status_code in (400, 413, 422) and shorter is not None:
            return shorter
        raise self._failures.status(response.status_code, why, CHECK_MODEL)
