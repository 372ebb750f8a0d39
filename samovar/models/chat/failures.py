"""What is said when a chat server at a URL is away, silent, refuses or answers nonsense."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from httpx_sse import SSEError

from samovar.errors import ModelError
from samovar.phrases import NOTHING, Phrase

CONNECT, SILENCE = 10.0, 120.0
"""Seconds to wait for a connection, and for the next piece of a reply."""
WAITING = httpx.Timeout(SILENCE, connect=CONNECT)
NONSENSE = (SSEError, ValueError, LookupError, TypeError, AttributeError)
"""What reading an answer of another form raises."""

NO_URL = Phrase("No chat server is named.", "Чат-сервер не указан.")
GIVE_URL = Phrase("Set {setting}, for example {example}.", "Задайте {setting}, например {example}.")
UNREACHABLE = Phrase(
    "The chat server {url} cannot be reached: {why}.", "Чат-сервер {url} недоступен: {why}."
)
CHECK_URL = Phrase(
    "Check that it runs and that {setting} is right.",
    "Проверьте, запущен ли он и верно ли задан {setting}.",
)
SILENT = Phrase(
    "The chat server {url} has said nothing for {seconds:g} s.",
    "Чат-сервер {url} молчит уже {seconds:g} с.",
)
LATER = Phrase("Try again later.", "Повторите позже.")
REFUSED = Phrase(
    "The chat server {url} answered {status}: {why}.",
    "Чат-сервер {url} ответил кодом {status}: {why}.",
)
BROKEN_OFF = Phrase(
    "The chat server {url} broke off its reply: {why}.",
    "Чат-сервер {url} прервал ответ: {why}.",
)
GARBLED = Phrase(
    "The chat server {url} sent something that is no stream of chat completions.",
    "Чат-сервер {url} прислал не поток ответов чата.",
)
CHECK_KEY = Phrase("Check SAMOVAR_CHAT_KEY.", "Проверьте SAMOVAR_CHAT_KEY.")
CHECK_MODEL = Phrase(
    "Check SAMOVAR_CHAT_MODEL, the adapter's name and the end of SAMOVAR_CHAT_URL (/v1).",
    "Проверьте SAMOVAR_CHAT_MODEL, имя адаптера и конец SAMOVAR_CHAT_URL (/v1).",
)
HINTS = {401: CHECK_KEY, 403: CHECK_KEY, 429: LATER, 503: LATER}
"""Status → what helps, whatever the server is."""
CLOSED = Phrase("The connection to {url} was closed.", "Соединение с {url} уже закрыто.")


@dataclass(frozen=True, slots=True)
class Failures:
    """Say of one server what went wrong."""

    url: str
    setting: str
    """Variable that names the server."""
    seconds: float = SILENCE
    """For which it may be silent."""

    def transport(self, error: Exception) -> ModelError:
        """Return what is said of an error that httpx raised on the way."""
        connected = not isinstance(error, httpx.ConnectTimeout)
        if isinstance(error, httpx.TimeoutException) and connected:
            return ModelError(SILENT, LATER, url=self.url, seconds=self.seconds)
        why = str(error).rstrip(".") or "—"
        return ModelError(UNREACHABLE, CHECK_URL, url=self.url, why=why, setting=self.setting)

    def status(self, status: int, why: str, missing: Phrase) -> ModelError:
        """Return what is said of an answer with an error's status; `missing` helps at 404."""
        later = LATER if status >= 500 else NOTHING
        hint = {**HINTS, 404: missing}.get(status, later)
        told = {"url": self.url, "status": status, "setting": self.setting}
        return ModelError(REFUSED, hint, why=why.rstrip("."), **told)

    def broken(self, why: str) -> ModelError:
        """Return what is said of an error in the middle of a reply."""
        return ModelError(BROKEN_OFF, LATER, url=self.url, why=why.rstrip("."))

    def garbled(self, said: Phrase = GARBLED) -> ModelError:
        """Return what is said of an answer of another form."""
        return ModelError(said, CHECK_URL, url=self.url, setting=self.setting)

    def closed(self) -> ModelError:
        """Return what is said when nobody should ask any more."""
        return ModelError(CLOSED, url=self.url)
