"""How a request is answered: it waits for a place, its work runs, and a client that leaves ends both.

Nothing is sent before the first piece is there, so that what fails until then gets a status of its own.
A stream that has nothing to send for a while sends comments, which clients skip and proxies count.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from fastapi.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from samovar.errors import SamovarError
from samovar.phrases import Language, Phrase
from samovar.server.errors import ClosingError, TooLongError, described
from samovar.server.replies import DONE, event
from samovar.server.waiting_room import CLOSING, WaitingRoom
from samovar.server.work import Source, Work

T = TypeVar("T")
Body = dict[str, Any]
PATIENCE = 10.0
"""Seconds of silence after which a stream sends a comment."""
LONGEST = 900.0
"""Seconds that a request may run, waiting not counted: 8,192 tokens at nine a second."""
STILL_HERE = ": still here\n\n"

TOO_LONG = Phrase(
    "The answer was not ready in {seconds:g} s.", "Ответ не был готов за {seconds:g} с."
)
LESS = Phrase("Ask for fewer tokens.", "Попросите меньше токенов.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Say where a request waits, whose it is and in which language its client is told of failures."""

    room: WaitingRoom
    client: str
    language: Language

    @asynccontextmanager
    async def working(self, source: Source[T]) -> AsyncIterator[Work[T]]:
        """Wait for a place and run `source`; the place is free again when its thread has ended.

        Raises:
            BusyError: there is no room.
            TooLongError: the work ran for too long.
        """
        place = await self.room.enter(self.client)
        work = Work(source, partial(self.room.leave, place))
        place.cancel = partial(work.cancel, ClosingError(CLOSING))
        try:
            async with work, asyncio.timeout(LONGEST):
                yield work
        except TimeoutError as error:
            raise TooLongError(TOO_LONG, LESS, seconds=LONGEST) from error


class Answer(Response, Generic[T]):
    """Answer one request from what `source` yields; a client that hangs up ends the work."""

    def __init__(self, caller: Caller, source: Source[T]) -> None:
        super().__init__()
        self._caller = caller
        self._source = source

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or leave when the client does."""
        await unless_gone(receive, self._answered(scope, receive, send))

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise NotImplementedError


class Whole(Answer[Body]):
    """Answer by the one body that `source` yields."""

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._caller.working(self._source) as work:
            bodies = [body async for body in work.pieces()]
        await JSONResponse(bodies[0])(scope, receive, send)


class Stream(Answer[Body]):
    """Answer by an event for every body that `source` yields."""

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def say(text: str, more: bool = True) -> None:
            nonlocal begun
            if not begun:
                begun = True
                headers = [(b"content-type", b"text/event-stream; charset=utf-8"), *UNBUFFERED]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": text.encode(), "more_body": more})

        try:
            async with aclosing(patiently(self._events())) as texts:
                async for text in texts:
                    await say(text)
        except SamovarError as error:
            if not begun:
                raise
            await say(event(described(error, self._caller.language)[1]))
        await say("", more=False)

    async def _events(self) -> AsyncIterator[str]:
        async with self._caller.working(self._source) as work:
            async for body in work.pieces():
                yield event(body)
        yield DONE


UNBUFFERED = ((b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no"))
"""Proxies pass every event on at once."""


async def patiently(texts: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """Yield `texts`, and a comment whenever none has come for PATIENCE seconds."""
    coming: asyncio.Queue[str | Exception | None] = asyncio.Queue()

    async def read() -> None:
        try:
            async for text in texts:
                coming.put_nowait(text)
            coming.put_nowait(None)
        except Exception as error:
            coming.put_nowait(error)

    reading = asyncio.ensure_future(read())
    try:
        while True:
            try:
                # not wait_for: before Python 3.12 it forgets that it was cancelled when a text comes
                async with asyncio.timeout(PATIENCE):
                    came = await coming.get()
            except TimeoutError:
                came = STILL_HERE
            if came is None:
                return
            if isinstance(came, Exception):
                raise came
            yield came
    finally:
        await _ended(reading)


async def unless_gone(receive: Receive, answer: Coroutine[Any, Any, None]) -> None:
    """Run `answer` to its end, or until the client has hung up."""
    answering = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(_hung_up(receive))
    try:
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if answering.done():
            answering.result()
    finally:
        await _ended(leaving)
        await _ended(answering)


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _ended(task: asyncio.Future[Any]) -> None:
    """Cancel `task` and wait until it is over; what it raises was heard elsewhere, or by nobody."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()
