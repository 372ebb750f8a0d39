"""Chat by a llama.cpp server that runs elsewhere, named by its URL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import PureWindowsPath

import httpx

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.chat.dialogue import Dialogue
from samovar.models.chat.failures import GIVE_URL, NO_URL, WAITING
from samovar.models.chat.llamacpp.chat import Body, LlamaChat
from samovar.models.chat.llamacpp.connection import SETTING, Connection, Properties
from samovar.models.chat.streaming import Emit
from samovar.phrases import Phrase
from samovar.records import ChatRequest, Completion
from samovar.settings import Settings

EXAMPLE = "http://localhost:8080"
NO_ADAPTER = Phrase(
    "The llama.cpp server {url} has no adapter `{name}`; it has: {known}.",
    "На сервере llama.cpp {url} нет адаптера «{name}», есть: {known}.",
)
START_WITH = Phrase(
    "Start it with --lora {name}.gguf.", "Запустите его с ключом --lora {name}.gguf."
)


class LlamaServerChat(LlamaChat):
    """Ask one server; see ChatModel for the methods.

    Prompts go there as token ids, so that special tokens typed by a visitor stay ordinary text there,
    too. An adapter is one of the files with which the server was started, named as the file.
    """

    engine = "llama-server"

    def __init__(self, model: Model, settings: Settings, timeout: httpx.Timeout = WAITING) -> None:
        """Ask the server what it is.

        Raises:
            ModelError: the settings name no server, or it is away or another kind of server.
        """
        super().__init__(model, settings)
        if not settings.llama_url:
            raise ModelError(NO_URL, GIVE_URL, setting=SETTING, example=EXAMPLE)
        url = settings.llama_url.rstrip("/").removesuffix("/v1")
        self._connection = Connection(url, settings.chat_key, timeout)
        self._lock = threading.Lock()
        self._told = self._connection.properties()
        self._dialogue = self._rendering(self._told)

    @property
    def name(self) -> str:
        """Return the catalog's id of the server's model, or the server's own name for it."""
        row = _row(self._told)
        named = PureWindowsPath(self._told.alias or self._told.path).name
        return row.id if row else named.removesuffix(".gguf")

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the catalog's languages; a model unknown to it is taken for multilingual."""
        row = _row(self._told)
        return row.languages if row else ("en", "ru", "multi")

    @property
    def adapters(self) -> tuple[str, ...]:
        """Return the adapters with which the server was started."""
        return self._told.adapters

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def _together(self) -> int:
        return self._told.slots

    def _generate(self, request: ChatRequest, emit: Emit, stop: threading.Event) -> Completion:
        self._renew()
        return super()._generate(request, emit, stop)

    def _renew(self) -> None:
        """Take note when the server was started anew with another model: its tokens are others."""
        told = self._connection.properties()
        with self._lock:
            if told != self._told:
                self._connection.forget()
                self._told, self._dialogue = told, self._rendering(told)

    def _serving(self, name: str | None) -> _Adapted:
        known = self._told.adapters
        if name is not None and name not in known:
            told = {"url": self._connection.failures.url, "known": ", ".join(known) or "—"}
            raise ModelError(NO_ADAPTER, START_WITH, name=name, **told)
        return _Adapted(self._connection, known)

    def _rendering(self, told: Properties) -> Dialogue:
        return Dialogue(self._encode, told.template, told.bos, told.eos, told.context)


class _Adapted:
    """Generate under one of the adapters of a server."""

    def __init__(self, connection: Connection, adapters: Sequence[str]) -> None:
        self._connection = connection
        self._adapters = adapters

    def encode(self, text: str, special: bool) -> list[int]:
        return self._connection.encode(text, special)

    @contextmanager
    def lent(self, tokens: int, stop: threading.Event) -> Iterator[bool]:
        """The server itself lets requests wait until it has room."""
        yield True

    def generate(
        self,
        body: Body,
        adapter: str | None,
        read: Callable[[Body], bool],
        stop: threading.Event | None = None,
    ) -> None:
        # every scale, always: with an empty list llama.cpp reuses another adapter's cached prompt
        scales = [
            {"id": at, "scale": float(name == adapter)} for at, name in enumerate(self._adapters)
        ]
        self._connection.generate({**body, "lora": scales}, read, stop or threading.Event())


def _row(told: Properties) -> Model | None:
    """Return the catalog's row of the file that the server has loaded."""
    # a Windows path has both kinds of slashes, and the server may run anywhere
    file = PureWindowsPath(told.path).name
    for row in catalog.MODELS:
        files = {row.file, *(PureWindowsPath(one.path).name for one in row.files)}
        if row.role == "chat" and file in files:
            return row
    return None
