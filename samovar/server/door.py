"""The door: every request gets an id, says whose it is, brings its body in time, and is noted in the log."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import logging
import re
import time
import uuid
from collections.abc import Mapping

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from samovar.errors import SamovarError
from samovar.phrases import Phrase
from samovar.server.errors import KeyNeededError, SlowError, language, refusal
from samovar.server.waiting_room import WaitingRoom
from samovar.settings import Settings

BODY_SECONDS = 30.0
"""Seconds in which the body of a request must have come."""
ID = b"x-request-id"
RIGHTS = (b"x-ratelimit-limit-requests", b"x-ratelimit-remaining-requests")
"""As OpenAI names them: requests that the client may have here at once, and how many more than now."""
PLAIN_ID = re.compile(r"[\w.:-]{1,100}", re.ASCII)
"""What a client may choose as the id; anything else could break the log into lines."""
GUARDED = "/v1/"
"""Beginning of the paths that need a key; healthz and the documentation do not."""

NO_KEY = Phrase("This server needs a key that it knows.", "Этому серверу нужен известный ему ключ.")
SEND_KEY = Phrase(
    "Send it as `Authorization: Bearer KEY`.", "Пришлите его так: «Authorization: Bearer КЛЮЧ»."
)
SLOW = Phrase(
    "The body did not come within {seconds:g} s.", "Тело запроса не пришло за {seconds:g} с."
)

log = logging.getLogger(__name__)


class Door:
    """Let requests in to the application behind it."""

    def __init__(self, app: ASGIApp, settings: Settings, room: WaitingRoom) -> None:
        self._app = app
        self._keys = tuple(key.encode() for key in settings.keys)
        self._language = settings.language
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or refuse it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began, headers = time.perf_counter(), dict(scope["headers"])
        client, id = self._client(scope, headers), _id(headers)
        scope.setdefault("state", {}).update(client=client, request_id=id)
        status = 499  # as proxies note a client that left before it was answered

        async def answered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                added = [(ID, id.encode()), *self._rights(client)]
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        try:
            await self._let_in(scope, receive, answered)
        finally:
            spent = (time.perf_counter() - began) * 1000
            told = (id, client or "no key", scope["method"], scope["path"][:100], status, spent)
            log.info("%s %s %s %r %d %.0f ms", *told)
        return None

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def refuse(error: SamovarError) -> None:
            request = Request(scope)
            await refusal(error, language(request, self._language))(scope, receive, send)

        try:
            if scope["path"].startswith(GUARDED):
                self._require(scope)
        except SamovarError as error:
            return await refuse(error)
        body = Body(receive)
        await self._app(scope, body.receive, body.unless_late(send))
        if body.late:
            await refuse(SlowError(SLOW, seconds=BODY_SECONDS))
        return None

    def _require(self, scope: Scope) -> None:
        if not scope["state"]["client"]:
            raise KeyNeededError(NO_KEY, SEND_KEY)
        if scope["method"] == "POST":
            self._room.require_open()

    def _rights(self, client: str) -> list[tuple[bytes, bytes]]:
        values = self._room.rights(client) if client else ()
        return [(name, b"%d" % value) for name, value in zip(RIGHTS, values, strict=False)]

    def _client(self, scope: Scope, headers: Mapping[bytes, bytes]) -> str:
        """Return whose request it is; empty where keys are needed and it has none of them."""
        if not self._keys:
            return network(scope["client"][0] if scope.get("client") else "")
        scheme, _, given = headers.get(b"authorization", b"").partition(b" ")
        known = self._keys if scheme.lower() == b"bearer" else ()
        same = [hmac.compare_digest(given.strip(), key) for key in known]
        return f"key {same.index(True) + 1}" if any(same) else ""


class Body:
    """Hand on the messages of one request while its body comes in time."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._whole = False
        self._until = time.monotonic() + BODY_SECONDS
        self.late = False
        """Whether the time was over before the body was whole."""

    async def receive(self) -> Message:
        """Return the next message; a disconnect when the time is over."""
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout(self._until - time.monotonic()):
                message = await self._receive()
        except TimeoutError:
            self.late = True
            return {"type": "http.disconnect"}
        self._whole = not message.get("more_body", False)
        return message

    def unless_late(self, send: Send) -> Send:
        """Return what sends an answer, but none to a request without a body."""

        async def sent(message: Message) -> None:
            if not self.late:
                await send(message)

        return sent


def network(address: str) -> str:
    """Return what one client's addresses have in common: in IPv6 each has a network of its own.

    >>> network("192.0.2.7"), network("2001:db8:1:2::7"), network("")
    ('192.0.2.7', '2001:db8:1:2::/64', 'unknown')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address or "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _id(headers: Mapping[bytes, bytes]) -> str:
    given = headers.get(ID, b"").decode("latin-1")
    return given if PLAIN_ID.fullmatch(given) else f"req_{uuid.uuid4().hex}"
