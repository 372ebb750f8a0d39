"""How the server ends: it takes no more requests, lets those that it has finish, and then goes."""

from __future__ import annotations

import asyncio
import socket
from types import FrameType

import uvicorn

from samovar.server.waiting_room import WaitingRoom

LAST_WORDS = 2.0
"""Seconds in which cancelled requests tell their clients so."""


class Server(uvicorn.Server):
    """Drain before the end: the first signal begins that, a second one ends the process at once.

    uvicorn by itself closes its sockets at the first signal; here /healthz goes on saying "draining", so
    that who distributes requests notices.
    """

    def __init__(self, config: uvicorn.Config, room: WaitingRoom, seconds: float) -> None:
        """Take the room whose requests have `seconds` to finish."""
        super().__init__(config)
        self._room = room
        self._seconds = seconds
        self._loop: asyncio.AbstractEventLoop | None = None
        self._draining: asyncio.Task[None] | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until the end."""
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain, or end at once."""
        if self._room.closing or self._loop is None:
            self.should_exit = self.force_exit = True
        else:
            self._room.closing = True
            self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        self._draining = asyncio.ensure_future(self._drain())

    async def _drain(self) -> None:
        if not await self._room.emptied(self._seconds):
            self._room.cancel()
            await self._room.emptied(LAST_WORDS)
        self.should_exit = True
