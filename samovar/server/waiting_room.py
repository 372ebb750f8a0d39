"""The waiting room: how many requests are answered at once, who comes next, and who is refused.

All methods belong to the thread of the event loop; nothing here locks.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from samovar.errors import BusyError, SamovarError
from samovar.phrases import Phrase
from samovar.server.errors import ClosingError

FULL = Phrase(
    "{running} requests are being answered and {waiting} wait; there is room for no more.",
    "Выполняется запросов: {running}, ждут: {waiting}; мест больше нет.",
)
GREEDY = Phrase(
    "You have {held} requests here already; one client may have {limit}.",
    "У вас здесь уже запросов: {held}, а одному клиенту можно {limit}.",
)
LATER = Phrase("Try again in {seconds} s.", "Повторите через {seconds} с.")
CLOSING = Phrase("The server is being stopped.", "Сервер останавливается.")
LAST = 16
"""Answers whose seconds tell how long a place is held."""
SOONEST, LATEST = 1, 60
"""Seconds after which a refused client is asked to come again; OpenAI's client obeys up to 60."""


def nothing() -> None:
    """Cancel nothing: the request waits, or has ended."""


@dataclass(eq=False, slots=True)
class Place:
    """Hold what one request holds, from its admission to the end of its work."""

    client: str
    turn: asyncio.Future[None]
    """Done when the work may begin; it raises when the server is stopped before that."""
    began: float = 0.0
    cancel: Callable[[], None] = field(default=nothing)
    """Ends the work; whoever begins it sets this."""


class WaitingRoom:
    """Admit a bounded number of requests, and of each client's.

    The next place goes to the client with the fewest requests running, among those to the one that has
    waited longest. So who sends many at once does not keep the others waiting, and as every running
    request ends, the oldest request of a client always has its turn.
    """

    def __init__(self, running: int, waiting: int, of_a_client: int) -> None:
        """Take how many may run, how many may wait, and how many of both one client may have."""
        self._limit, self._room, self._share = running, waiting, of_a_client
        self._running: list[Place] = []
        self._waiting: list[Place] = []
        self._spent: deque[float] = deque(maxlen=LAST)
        self._empty = asyncio.Event()
        self._empty.set()
        self.closing = False
        """True from the moment that the server is asked to stop."""

    @property
    def running(self) -> int:
        """Return how many requests are being answered."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """Return how many requests wait for a place."""
        return len(self._waiting)

    async def enter(self, client: str) -> Place:
        """Wait for a place and return it; who is cancelled meanwhile leaves at once.

        Raises:
            BusyError: there is no room, or the client has its share already.
            ClosingError: the server is being stopped.
        """
        self._refuse(client)
        place = Place(client, asyncio.get_running_loop().create_future())
        self._waiting.append(place)
        self._empty.clear()
        self._call()
        try:
            await place.turn
        except BaseException:
            self.leave(place)
            raise
        return place

    def leave(self, place: Place) -> None:
        """Give `place` to the next; leaving twice does nothing."""
        if place in self._running:
            self._running.remove(place)
            self._spent.append(time.monotonic() - place.began)
        elif place in self._waiting:
            self._waiting.remove(place)
        self._call()
        if not self._running and not self._waiting:
            self._empty.set()

    def cancel(self) -> None:
        """Turn away who waits, and cancel what runs."""
        for place in self._waiting:
            if not place.turn.done():
                place.turn.set_exception(self._closed())
        for place in list(self._running):
            place.cancel()

    async def emptied(self, seconds: float) -> bool:
        """Wait until nobody is here, at most `seconds`; tell whether that is so."""
        try:
            async with asyncio.timeout(seconds):
                await self._empty.wait()
        except TimeoutError:
            return False
        return True

    def require_open(self) -> None:
        """Refuse new requests once the server is being stopped.

        Raises:
            ClosingError: it is.
        """
        if self.closing:
            raise self._closed()

    def rights(self, client: str) -> tuple[int, int]:
        """Return how many requests `client` may have here, and how many more than it has now."""
        return self._share, max(0, self._share - self._held(client))

    def _held(self, client: str) -> int:
        return sum(place.client == client for place in (*self._running, *self._waiting))

    def _refuse(self, client: str) -> None:
        self.require_open()
        held = self._held(client)
        seconds = self._seconds()
        if held >= self._share:
            raise BusyError(GREEDY, LATER, held=held, limit=self._share, seconds=seconds)
        if self.running >= self._limit and self.waiting >= self._room:
            told = {"running": self.running, "waiting": self.waiting, "seconds": seconds}
            raise BusyError(FULL, LATER, **told)

    def _call(self) -> None:
        """Give free places to those whose turn it is."""
        while self._waiting and self.running < self._limit:
            held = [place.client for place in self._running]
            place = min(self._waiting, key=lambda one: held.count(one.client))
            self._waiting.remove(place)
            place.began = time.monotonic()
            self._running.append(place)
            if not place.turn.done():
                place.turn.set_result(None)

    def _seconds(self) -> int:
        """Return in how many seconds a place will be free: about, from the last answers."""
        mean = sum(self._spent) / len(self._spent) if self._spent else float(SOONEST)
        return min(LATEST, max(SOONEST, math.ceil(mean * (self.waiting + 1) / self._limit)))

    def _closed(self) -> SamovarError:
        return ClosingError(CLOSING, LATER, seconds=SOONEST)
