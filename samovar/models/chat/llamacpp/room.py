"""Admit requests to an engine whose cache holds a fixed number of tokens."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

TICK = 0.1
"""Seconds between two looks at the stop event of a waiting request."""


class Room:
    """Lend tokens, first come first served, so that a long request is never overtaken for ever."""

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens
        self._free = tokens
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def lent(self, tokens: int, stop: threading.Event) -> Iterator[bool]:
        """Wait until `tokens` (at most all) are free, hold them; False when `stop` came first."""
        tokens = min(tokens, self.tokens)
        granted = self._granted(tokens, stop)
        try:
            yield granted
        finally:
            if granted:
                with self._changed:
                    self._free += tokens
                    self._changed.notify_all()

    def _granted(self, tokens: int, stop: threading.Event) -> bool:
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
            try:
                while self._waiting[0] is not ticket or self._free < tokens:
                    if stop.is_set():
                        return False
                    self._changed.wait(TICK)
                self._free -= tokens
                return True
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()
