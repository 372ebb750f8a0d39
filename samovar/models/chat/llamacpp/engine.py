"""Chat by llama.cpp inside this process: any GGUF, any CPU, one base in memory for all adapters."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from samovar.catalog import Model
from samovar.errors import ModelError, SamovarError
from samovar.models.chat.dialogue import Dialogue
from samovar.models.chat.llamacpp.adapter import gguf_adapter
from samovar.models.chat.llamacpp.chat import LlamaChat
from samovar.models.chat.llamacpp.options import SERVED, Options
from samovar.models.chat.llamacpp.server import POOL, SLOTS, LlamaServer
from samovar.models.files import adapters, weights
from samovar.models.files.gguf_header import header
from samovar.settings import Settings

BATCH = SLOTS - 2
"""Requests of one call that run at once; the other places stay free for other callers."""


class LlamaCppChat(LlamaChat):
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

    def close(self) -> None:
        """Free the memory as soon as no request runs any more."""
        with self._lock:
            self._server = None

    def _together(self) -> int:
        return BATCH

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
