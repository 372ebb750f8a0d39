"""Chat by token ids through a llama.cpp server, inside this process or at a URL."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.models.chat.dialogue import Dialogue
from samovar.models.chat.local import STOPPED, LocalChat
from samovar.models.chat.streaming import Emit, answers, pieces
from samovar.records import ChatRequest, Completion, Finish

Body = dict[str, Any]
"""Of a request to llama.cpp, or one chunk of its reply."""
LIFT = 100.0
"""Added to the logit of each word that is weighed: no other token comes near, and their ratios stay."""
AS_IT_IS = {
    "temperature": 1.0,
    "top_p": 1.0,
    "repeat_penalty": 1.0,
    "post_sampling_probs": True,
}
"""Sampling that changes no probability, and tells them."""


class Serving(Protocol):
    """Generate from token ids; safe to call from several threads, which are batched."""

    def encode(self, text: str, special: bool) -> list[int]:
        """Return the ids of `text`, nothing added; `special` parses names of special tokens."""
        ...

    def lent(self, tokens: int, stop: threading.Event) -> AbstractContextManager[bool]:
        """Hold `tokens` of the cache; False when `stop` came before they were free."""
        ...

    def generate(
        self,
        body: Body,
        adapter: str | None,
        read: Callable[[Body], bool],
        stop: threading.Event | None = None,
    ) -> None:
        """Stream chunks into `read` until it returns True or `stop` is set."""
        ...


class LlamaChat(LocalChat):
    """Render, generate and weigh; see ChatModel. An engine adds which server does it."""

    _dialogue: Dialogue

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`, in their order; they are batched with those of other callers."""
        for name in {request.adapter for request in requests}:
            self._serving(name)  # an unknown adapter fails before anything is generated
        return answers(self._generate, requests, stop, self._together())

    def stream(self, request: ChatRequest, stop: threading.Event | None = None) -> Iterator[str]:
        """Yield the reply in pieces of whole characters."""
        return pieces(lambda emit, cancelled: self._generate(request, emit, cancelled), stop)

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Return how likely the reply begins with each of `words`; see ChatModel."""
        server, stopped = self._serving(request.adapter), stop or threading.Event()
        ids = self._dialogue.ids(request)
        firsts = [self._encode(word, False)[0] for word in words]
        lifted = [[first, LIFT] for first in dict.fromkeys(firsts)]
        asked = {**AS_IT_IS, "top_k": len(lifted), "n_probs": len(lifted), "logit_bias": lifted}
        told: dict[int, float] = {}

        def read(chunk: Body) -> bool:
            for place in (chunk["choices"][0].get("logprobs") or {}).get("content", ()):
                told.update({one["id"]: one["prob"] for one in place["top_probs"]})
            return stopped.is_set()

        with server.lent(len(ids) + 1, stopped) as granted:
            if granted and not stopped.is_set():
                server.generate(
                    {**_body(ids, 1, (), request), **asked}, request.adapter, read, stopped
                )
        if not told:
            raise ModelError(STOPPED)
        chances = np.array([told.get(first, 0.0) for first in firsts])
        return np.asarray(chances / chances.sum())

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        return len(self._encode(text, False))

    def _together(self) -> int:
        """Return how many requests of one call run at once."""
        raise NotImplementedError

    def _encode(self, text: str, special: bool) -> list[int]:
        return self._serving(None).encode(text, special)

    def _serving(self, name: str | None) -> Serving:
        """Return the server that has the adapter `name`; None: the base model.

        Raises:
            ModelError: the adapter is unknown, or the model was closed.
        """
        raise NotImplementedError

    def _generate(self, request: ChatRequest, emit: Emit, stop: threading.Event) -> Completion:
        began = time.perf_counter()
        server = self._serving(request.adapter)
        ids = self._dialogue.ids(request)
        limit = self._dialogue.room(ids, request)
        reply = Reply(emit, stop, prompt_tokens=len(ids))
        with server.lent(len(ids) + limit, stop) as granted:
            if granted and not stop.is_set():
                body = _body(ids, limit, (*self._dialogue.stop, *request.stop), request)
                server.generate(body, request.adapter, reply.read, stop)
        return reply.completion((time.perf_counter() - began) * 1000)


class Reply:
    """Collect the chunks of one reply."""

    def __init__(self, emit: Emit, stop: threading.Event, prompt_tokens: int) -> None:
        self._emit = emit
        self._stop = stop
        self._prompt_tokens = prompt_tokens
        self._texts: list[str] = []
        self._tokens = 0
        self._finish: Finish = "cancelled"

    def read(self, chunk: Body) -> bool:
        """Take one chunk; True asks llama.cpp to stop. The last chunk says why it ended."""
        if "prompt_progress" in chunk:
            return self._stop.is_set()
        choice: dict[str, Any] = chunk["choices"][0]
        self._tokens += 1
        if choice["text"]:
            self._texts.append(choice["text"])
            self._emit(choice["text"])
        if choice["finish_reason"]:
            self._finish = "length" if choice["finish_reason"] == "length" else "stop"
            self._tokens = chunk["usage"]["completion_tokens"]
        return self._stop.is_set()

    def completion(self, milliseconds: float) -> Completion:
        """Return the whole reply."""
        text = "".join(self._texts)
        return Completion(text, self._finish, self._prompt_tokens, self._tokens, milliseconds)


def _body(ids: list[int], limit: int, stop: tuple[str, ...], request: ChatRequest) -> Body:
    sampling = request.sampling
    body: Body = {
        "prompt": ids,
        "n_predict": limit,
        "temperature": sampling.temperature,
        "top_p": sampling.top_p,
        "top_k": sampling.top_k,
        "min_p": 0.0,
        "repeat_penalty": sampling.repetition_penalty,
        "repeat_last_n": len(ids) + limit,  # all tokens, as in transformers
        "seed": sampling.seed % 0xFFFFFFFF,  # the largest value would mean "any seed"
        "stop": [string for string in stop if string],
        "cache_prompt": True,
    }
    return body if request.schema is None else {**body, "json_schema": dict(request.schema)}
