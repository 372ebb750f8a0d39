"""Chat by llama.cpp inside this process: any GGUF, any CPU, one base in memory for all adapters."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.errors import ModelError, SamovarError
from samovar.models.chat.dialogue import Dialogue
from samovar.models.chat.llamacpp.adapter import gguf_adapter
from samovar.models.chat.llamacpp.options import SERVED, Options
from samovar.models.chat.llamacpp.server import POOL, SLOTS, Body, LlamaServer
from samovar.models.chat.local import STOPPED, LocalChat
from samovar.models.chat.streaming import Emit, answers, pieces
from samovar.models.files import adapters, weights
from samovar.models.files.gguf_header import header
from samovar.records import ChatRequest, Completion, Finish
from samovar.settings import Settings

LIFT = 100.0
"""Added to the logit of each word that is weighed: no other token comes near, and their ratios stay."""
AS_IT_IS = {
    "temperature": 1.0,
    "top_p": 1.0,
    "repeat_penalty": 1.0,
    "post_sampling_probs": True,
}
"""Sampling that changes no probability, and tells them."""
BATCH = SLOTS - 2
"""Requests of one call that run at once; the other places stay free for other callers."""


class LlamaCppChat(LocalChat):
    """Run one GGUF model; see ChatModel for the methods.

    llama.cpp takes adapters only when it starts, so it starts with all that the base has. The first
    request for one that came later starts a server with one adapter more, and the weights are in
    memory twice until the last request on the old server ends.
    """

    engine = "llamacpp"

    def __init__(self, model: Model, settings: Settings, options: Options = SERVED) -> None:
        """Load the model (0.4 s for 98 MB).

        Raises:
            ModelError: the weights are missing, altered or cannot be loaded.
        """
        super().__init__(model, settings)
        self._lock = threading.Lock()
        self._path = weights.joined(model, settings)
        self._options = options
        self._server: LlamaServer | None = self._first()
        template = header(self._path).get("tokenizer.chat_template", "")
        bos, eos = self._server.special()
        self._dialogue = Dialogue(self._encode, template, bos, eos, min(model.context, POOL))

    def complete(
        self, requests: Sequence[ChatRequest], stop: threading.Event | None = None
    ) -> list[Completion]:
        """Answer all `requests`, in their order; they are batched with those of other callers."""
        for name in {request.adapter for request in requests}:
            self._serving(name)  # an unknown adapter fails before anything is generated
        return answers(self._generate, requests, stop, BATCH)

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

        with server.room.lent(len(ids) + 1, stopped) as granted:
            if granted and not stopped.is_set():
                server.generate({**_body(ids, 1, (), request), **asked}, request.adapter, read)
        if not told:
            raise ModelError(STOPPED)
        chances = np.array([told.get(first, 0.0) for first in firsts])
        return np.asarray(chances / chances.sum())

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`, special tokens not parsed."""
        return len(self._encode(text, False))

    def close(self) -> None:
        """Free the memory as soon as no request runs any more."""
        with self._lock:
            self._server = None

    def _encode(self, text: str, special: bool) -> list[int]:
        return self._serving(None).encode(text, special)

    def _serving(self, name: str | None) -> LlamaServer:
        """Return a server that has the adapter `name`, starting one where none has it."""
        adapter = self._adapter(name)
        with self._lock:
            if self._server is None:
                raise self._closed()
            if adapter is not None:
                file = gguf_adapter(adapter, self._path, self._settings)
                known = dict(self._server.adapters)
                if known.get(adapter.name) != file:
                    self._server = self._started({**known, adapter.name: file})
            return self._server

    def _first(self) -> LlamaServer:
        """Start with every adapter of the model; one that cannot be used is told when it is asked for."""
        files: dict[str, Path] = {}
        for name in adapters.names(self._settings):
            with suppress(SamovarError):
                found = adapters.find(name, self._model, self._settings)
                files[name] = gguf_adapter(found, self._path, self._settings)
        if files:
            with suppress(ModelError):  # one of them does not fit
                return self._started(files)
        return self._started({})

    def _started(self, files: dict[str, Path]) -> LlamaServer:
        return LlamaServer(self._path, tuple(files.items()), self._settings.threads, self._options)

    def _generate(self, request: ChatRequest, emit: Emit, stop: threading.Event) -> Completion:
        began = time.perf_counter()
        server = self._serving(request.adapter)
        ids = self._dialogue.ids(request)
        limit = self._dialogue.room(ids, request)
        reply = _Reply(emit, stop, prompt_tokens=len(ids))
        with server.room.lent(len(ids) + limit, stop) as granted:
            if granted and not stop.is_set():
                body = _body(ids, limit, (*self._dialogue.stop, *request.stop), request)
                server.generate(body, request.adapter, reply.read)
        return reply.completion((time.perf_counter() - began) * 1000)


class _Reply:
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
