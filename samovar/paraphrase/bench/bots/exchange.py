"""One JSON request over HTTP and its answer, whatever the other side does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx

from samovar.errors import InputError
from samovar.paraphrase.bench.bots.base import BotError, PassingError, told
from samovar.paraphrase.bench.bots.patience import Patience
from samovar.phrases import NOTHING, Phrase

Result = TypeVar("Result")

BYTES = 1_000_000
"""Of an answer, at most."""
PORTS = 2**16
SHOWN = 120
AGAIN = (408, 425, 429)
"""Statuses below 500 that are worth another attempt."""

NO_URL = Phrase("`{value}` is no address of a bot: {why}.", "«{value}» не адрес бота: {why}.")
LIKE = Phrase("Write it like http://localhost:5005.", "Напишите так: http://localhost:5005.")
NO_HOST = Phrase("http:// or https:// and a host are needed", "нужны http:// или https:// и хост")
NO_PORT = Phrase("there is no port {port}", "порта {port} не бывает")
UNREACHABLE = Phrase("The bot {url} cannot be reached: {why}.", "Бот {url} недоступен: {why}.")
RUNS = Phrase("Check that it runs and the address.", "Проверьте, запущен ли он, и адрес.")
SILENT = Phrase(
    "The bot {url} has not answered within {seconds:g} s.",
    "Бот {url} не ответил за {seconds:g} с.",
)
LONGER = Phrase("Wait longer with --timeout.", "Ждать дольше: --timeout.")
REFUSED = Phrase(
    "The bot {url} answered {status}: {why}.", "Бот {url} ответил кодом {status}: {why}."
)
NOT_JSON = Phrase(
    "The bot {url} answered something that is no JSON: {why}.",
    "Бот {url} прислал не JSON: {why}.",
)
EMPTY = Phrase("The bot {url} answered nothing.", "Бот {url} прислал пустой ответ.")
LARGE = Phrase(
    "The bot {url} answered more than {limit:,} bytes.", "Ответ бота {url} больше {limit:,} байт."
)


class Exchange:
    """Send JSON to one address.

    Neither redirects nor proxies nor a .netrc are followed: the texts go to this address alone.
    """

    def __init__(self, url: str, path: str, patience: Patience, headers: Mapping[str, str]) -> None:
        """Prepare the connection; nothing is sent yet.

        Raises:
            InputError: `url` is no HTTP address.
        """
        try:
            base = httpx.URL(url)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise InputError(NO_URL, LIKE, value=url[:SHOWN], why=str(error)) from error
        if base.scheme not in ("http", "https") or not base.host:
            raise InputError(NO_URL, LIKE, value=url[:SHOWN], why=NO_HOST)
        if not 0 < (base.port or 80) < PORTS:
            raise InputError(NO_URL, LIKE, value=url[:SHOWN], why=NO_PORT.filled(port=base.port))
        self._url = base.copy_with(path=base.path.rstrip("/") + path)
        self._patience = patience
        self._http = httpx.AsyncClient(headers=dict(headers), trust_env=False)
        self._loop = asyncio.Runner()
        self._thread = ThreadPoolExecutor(1, "samovar-bench")
        """Runs the loop: the caller's thread may be inside one of its own."""
        self.place = str(self._url.copy_with(query=None, userinfo=b""))
        """The address without what may be secret."""

    def post(self, body: Any) -> Any:
        """Return the answer's JSON.

        Raises:
            BotError: no answer in time, an error, or no JSON.
        """
        return self._patience.asked(lambda left: self._attempt(body, left))

    def close(self) -> None:
        """Close the connections."""
        self._run(self._http.aclose())
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()

    def _run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self._thread.submit(self._loop.run, work).result()

    def _attempt(self, body: Any, left: float) -> Any:
        try:
            reply, content = self._run(self._sent(body, max(left, 0.01)))
        except (TimeoutError, httpx.TimeoutException) as error:
            raise self._silent() from error
        except (httpx.HTTPError, OSError, UnicodeError) as error:
            why = told(error).rstrip(".") or type(error).__name__
            raise PassingError(UNREACHABLE, RUNS, url=self.place, why=why) from error
        if not reply.is_success:
            raise self._refused(reply, content)
        if not content.strip():
            raise BotError(EMPTY, url=self.place)
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise BotError(NOT_JSON, url=self.place, why=_words(content)) from error

    async def _sent(self, body: Any, left: float) -> tuple[httpx.Response, bytes]:
        """Return the answer; the whole of it has to be there in time, however it is sent."""
        content = b""
        async with (
            asyncio.timeout(left),
            self._http.stream("POST", self._url, json=body, timeout=left) as reply,
        ):
            async for piece in reply.aiter_bytes():
                content += piece
                if len(content) > BYTES:
                    raise BotError(LARGE, url=self.place, limit=BYTES)
        return reply, content

    def _silent(self) -> BotError:
        return BotError(SILENT, LONGER, url=self.place, seconds=self._patience.seconds)

    def _refused(self, reply: httpx.Response, content: bytes) -> BotError:
        status = reply.status_code
        passing = status >= 500 or status in AGAIN
        pause = reply.headers.get("retry-after", "")
        why = _words(content) or reply.reason_phrase or "—"
        return (PassingError if passing else BotError)(
            REFUSED,
            NOTHING if passing else RUNS,
            url=self.place,
            status=status,
            why=why.rstrip("."),
            pause=float(pause) if pause.isdecimal() else 0.0,
        )


def _words(content: bytes) -> str:
    """Return the beginning of an answer for an error message."""
    text = told(content[: 4 * SHOWN].decode("utf-8", "replace"))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
