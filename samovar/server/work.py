"""The work of one request: a generator that runs in a thread and hands its pieces to the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")
Source = Callable[[threading.Event], Iterable[T]]
"""Gets the event that asks it to end; what it yields after that is not heard."""


def once(work: Callable[[threading.Event], T]) -> Source[T]:
    """Return a source of the one piece that `work` makes."""

    def source(stop: threading.Event) -> Iterator[T]:
        yield work(stop)

    return source


class Work(Generic[T]):
    """Run `source` in a thread of its own. Leaving the context asks it to end.

    There are as many threads as places, so that no request waits for another's thread. A thread is a
    daemon: an engine that reads a long prompt does not hold up the end of the process.
    """

    def __init__(self, source: Source[T], ended: Callable[[], None]) -> None:
        """Take the generator; `ended` is called in the event loop when its thread is done."""
        self._source = source
        self._ended = ended
        self._stop = threading.Event()
        self._loop = asyncio.get_running_loop()
        self._given: asyncio.Queue[tuple[T] | Exception | None] = asyncio.Queue()
        self._thread = threading.Thread(target=self._run, daemon=True, name="samovar-request")

    async def __aenter__(self) -> Work[T]:
        try:
            self._thread.start()
        except RuntimeError:  # the system has no thread left
            self._ended()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()

    def cancel(self, why: Exception) -> None:
        """Ask the thread to end, and raise `why` in who reads the pieces."""
        self._stop.set()
        self._given.put_nowait(why)

    async def pieces(self) -> AsyncIterator[T]:
        """Yield the pieces as they come; an error of the thread is raised here."""
        while (given := await self._given.get()) is not None:
            if isinstance(given, Exception):
                raise given
            yield given[0]

    def _run(self) -> None:
        try:
            for piece in self._source(self._stop):
                if self._stop.is_set():
                    break
                self._call(self._given.put_nowait, (piece,))
        except Exception as error:
            self._call(self._given.put_nowait, error)
        else:
            self._call(self._given.put_nowait, None)
        self._call(self._ended)

    def _call(self, function: Callable[..., object], *values: object) -> None:
        with suppress(RuntimeError):  # the loop has ended: nobody listens any more
            self._loop.call_soon_threadsafe(function, *values)
