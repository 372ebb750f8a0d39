"""The door of the page: how many requests may be inside, and who asked to stop."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from samovar.errors import BusyError
from samovar.phrases import Phrase
from samovar.ui.history.results import Results

FULL = Phrase(
    "Samovar is busy: {limit} requests are already being answered.",
    "Самовар занят: уже выполняется запросов: {limit}.",
)
AGAIN = Phrase(
    "Your input is kept; try again in a few seconds.",
    "Введённое сохранено, повторите через несколько секунд.",
)
LAST = 8
"""Answers of a tool whose seconds are remembered."""


class Door:
    """Admit at most `limit` requests at once and keep the stop signal of each visitor's request.

    It also remembers how long the last answers of each tool took, and in `results` what they were.
    """

    def __init__(self, limit: int, results: Results | None = None) -> None:
        self.results = results or Results(None)
        self._limit = limit
        self._free = threading.BoundedSemaphore(limit)
        self._stops: dict[tuple[str, str], threading.Event] = {}
        self._took: dict[str, deque[float]] = {}

    @contextmanager
    def enter(self, session: str, slug: str) -> Iterator[threading.Event]:
        """Hold one place; the event is set when this visitor presses Stop in this tool.

        Raises:
            BusyError: all places are taken.
        """
        if not self._free.acquire(blocking=False):
            raise BusyError(FULL, AGAIN, limit=self._limit)
        stop = threading.Event()
        self._stops[session, slug] = stop
        began = time.perf_counter()
        try:
            yield stop
            if not stop.is_set():
                spent = self._took.setdefault(slug, deque(maxlen=LAST))
                spent.append(time.perf_counter() - began)
        finally:
            stop.set()
            if self._stops.get((session, slug)) is stop:
                del self._stops[session, slug]
            self._free.release()

    def took(self) -> dict[str, tuple[float, ...]]:
        """Return the seconds of the last answers of each tool, those that were given to their end."""
        return {slug: tuple(spent) for slug, spent in list(self._took.items())}

    def running(self, session: str, slug: str) -> bool:
        """Tell whether a request of this visitor in this tool is being answered."""
        return (session, slug) in self._stops

    def stop(self, session: str, slug: str) -> None:
        """Ask the running request of this visitor in this tool to end."""
        event = self._stops.get((session, slug))
        if event is not None:
            event.set()
