"""Ask a llama.cpp server at a URL: its model, its tokens, and replies that are streamed."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PureWindowsPath
from typing import Any

import httpx
from httpx_sse import EventSource

from samovar.models.chat.completions import message
from samovar.models.chat.failures import GARBLED, NONSENSE, SILENCE, Failures
from samovar.models.chat.llamacpp.chat import Body
from samovar.models.chat.streaming import TICK
from samovar.phrases import Phrase

SETTING = "SAMOVAR_LLAMA_URL"
QUICK = 10.0
"""Seconds that it may take to answer anything but a prompt."""
TEXTS = 4096
"""Texts whose tokens are kept: templates and examples are the same in every request."""
NO_LLAMA = Phrase(
    "What answers at {url} is no llama.cpp server. Servers of OpenAI's API go into SAMOVAR_CHAT_URL.",
    "По адресу {url} отвечает не сервер llama.cpp. Серверы с API OpenAI указывают в SAMOVAR_CHAT_URL.",
)


@dataclass(frozen=True, slots=True)
class Properties:
    """Hold what a server tells of itself."""

    path: str
    """Of the model's file, on the server's machine."""
    alias: str
    template: str
    bos: str
    eos: str
    context: int
    """Tokens of one conversation."""
    slots: int
    """Replies that it writes at once."""
    adapters: tuple[str, ...]
    """Names of the files with which it was started, without their ends, in the server's order."""


class Connection:
    """Speak to one server; safe to call from several threads.

    The key goes to this server alone: redirects are not followed, and neither proxies nor a .netrc
    are read.
    """

    def __init__(self, url: str, key: str, timeout: httpx.Timeout) -> None:
        """Prepare; nothing is sent yet.

        Raises:
            ModelError: `url` is no address.
        """
        self.failures = Failures(url, SETTING, timeout.read or SILENCE)
        self._options: dict[str, Any] = {
            "base_url": url,
            "headers": {"Authorization": f"Bearer {key}"} if key else {},
            "timeout": timeout,
            "trust_env": False,
        }
        with self._explained():
            read = min(timeout.read or QUICK, QUICK)
            quick = httpx.Timeout(read, connect=timeout.connect)
            self._http = httpx.Client(**{**self._options, "timeout": quick})
        self._known = lru_cache(TEXTS)(self._tokens)

    def properties(self) -> Properties:
        """Return what the server tells of itself now.

        Raises:
            ModelError: it is away, silent, refuses, or is another kind of server.
        """
        told = self._asked("GET", "props")
        loaded = self._asked("GET", "lora-adapters")
        with self._explained(NO_LLAMA):
            return Properties(
                path=told.get("model_path", ""),
                alias=told.get("model_alias", ""),
                template=told["chat_template"],
                bos=told["bos_token"],
                eos=told["eos_token"],
                context=told["default_generation_settings"]["n_ctx"],
                slots=told["total_slots"],
                adapters=tuple(PureWindowsPath(one["path"]).stem for one in loaded),
            )

    def encode(self, text: str, special: bool) -> list[int]:
        """Return the ids of `text`, nothing added; `special` parses names of special tokens."""
        return list(self._known(text, special))

    def forget(self) -> None:
        """Forget the tokens of texts: the server has another model now."""
        self._known.cache_clear()

    def generate(self, body: Body, read: Callable[[Body], bool], stop: threading.Event) -> None:
        """Stream chunks into `read` until it returns True; setting `stop` closes the connection at once.

        Raises:
            ModelError: the server is away, silent, refuses, fails or answers nonsense.
        """
        if self._http.is_closed:
            raise self.failures.closed()
        asyncio.run(self._until(stop, self._streamed(body, read)))

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    async def _until(self, stop: threading.Event, reading: Any) -> None:
        """Let `reading` go on until it ends or `stop` is set, also while no word has come yet."""
        task = asyncio.ensure_future(reading)
        while not task.done() and not stop.is_set():
            await asyncio.wait({task}, timeout=TICK)
        if task.done():
            task.result()
            return
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _streamed(self, body: Body, read: Callable[[Body], bool]) -> None:
        asked = {**body, "stream": True, "return_progress": True}
        with self._explained(GARBLED):
            async with (
                httpx.AsyncClient(**self._options) as http,
                http.stream("POST", "v1/completions", json=asked) as response,
            ):
                if not response.is_success:
                    self._refused(response.status_code, await response.aread())
                async for event in EventSource(response).aiter_sse():
                    if event.data == "[DONE]":
                        return
                    chunk = json.loads(event.data)
                    if "error" in chunk:
                        raise self.failures.broken(message(event.data.encode()))
                    if read(chunk):
                        return
        raise self.failures.garbled()

    def _tokens(self, text: str, special: bool) -> tuple[int, ...]:
        body = {"content": text, "add_special": False, "parse_special": special}
        with self._explained(NO_LLAMA):
            return tuple(self._asked("POST", "tokenize", json=body)["tokens"])

    def _asked(self, method: str, path: str, **given: Any) -> Any:
        if self._http.is_closed:
            raise self.failures.closed()
        with self._explained(NO_LLAMA):
            response = self._http.request(method, path, **given)
            if not response.is_success:
                self._refused(response.status_code, response.content)
            return response.json()

    def _refused(self, status: int, content: bytes) -> None:
        raise self.failures.status(status, message(content), NO_LLAMA)

    @contextmanager
    def _explained(self, nonsense: Phrase = GARBLED) -> Iterator[None]:
        """Say what went wrong in the words of a visitor; `nonsense` of an answer of another form."""
        try:
            yield
        except (httpx.InvalidURL, UnicodeError) as error:
            raise self.failures.transport(error) from error
        except NONSENSE as error:  # one of them is an HTTPError to httpx_sse
            raise self.failures.garbled(nonsense) from error
        except httpx.HTTPError as error:
            raise self.failures.transport(error) from error
