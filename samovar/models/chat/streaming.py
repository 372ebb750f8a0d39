"""Hand the pieces of a reply from the thread that makes them to the one that reads them."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from samovar.records import ChatRequest, Completion

Emit = Callable[[str], None]
TICK = 0.05
"""Seconds between two looks at the stop event while no piece arrives."""


def silent(piece: str) -> None:
    """Emit nothing: the completion is returned as a whole."""


def answers(
    work: Callable[[ChatRequest, Emit, threading.Event], Completion],
    requests: Sequence[ChatRequest],
    stop: threading.Event | None,
    together: int,
) -> list[Completion]:
    """Return what `work` answers to `requests`, in their order, so many `together` at once."""
    cancelled = stop or threading.Event()
    with ThreadPoolExecutor(together, "samovar-completion") as workers:
        return list(workers.map(lambda request: work(request, silent, cancelled), requests))


def pieces(
    work: Callable[[Emit, threading.Event], object], stop: threading.Event | None = None
) -> Iterator[str]:
    """Yield what `work(emit, cancelled)` emits in a thread of its own; its error is raised here.

    Setting `stop` or closing the iterator ends it at once, even while the engine still reads the
    prompt; `work` sees its event set and should end soon after.
    """
    emitted: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
    cancelled = _Either(stop)

    def run() -> None:
        try:
            work(emitted.put, cancelled)
        except Exception as error:
            emitted.put(error)
        else:
            emitted.put(None)

    threading.Thread(target=run, daemon=True, name="samovar-reply").start()
    try:
        while not (stop is not None and stop.is_set()):
            try:
                piece = emitted.get(timeout=TICK)
            except queue.Empty:
                continue
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise piece
            yield piece
    finally:
        cancelled.set()


class _Either(threading.Event):
    """Be set when this event or `other` is: `other` may belong to several replies."""

    def __init__(self, other: threading.Event | None) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        return super().is_set() or (self._other is not None and self._other.is_set())
