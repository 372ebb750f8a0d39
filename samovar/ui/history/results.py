"""Shared results: stored under an id when their visitor copies a link, and forgotten after a month."""

from __future__ import annotations

import json
import logging
import re
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ID = re.compile(r"[A-Za-z0-9_-]{16}")
DAYS = 30
"""Days for which a shared result is stored."""
LARGEST = 2 * 10**6
"""Bytes of one stored result, at the most."""
STORED = 200 * 10**6
"""Bytes of all stored results; the oldest leave first."""
HELD = 64 * 10**6
"""Characters of the visitors' last results that wait in memory for somebody to share them."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """Hold one result as the page showed it."""

    slug: str
    language: str
    link: str
    """Query string of its inputs."""
    card: str
    """Its markup, escaped when it was made: it comes from this server, never from a browser."""
    memory: Any = None
    """What the tool remembers with it, as a conversation; JSON-ready."""
    at: float = 0.0
    """When it was stored, in seconds since 1970."""


class Results:
    """Keep each visitor's last result in memory and the shared ones in `folder`."""

    def __init__(self, folder: Path | None) -> None:
        """Store under `folder`; None: nothing is stored, and a link runs the tool again."""
        self._folder = folder
        self._last: OrderedDict[tuple[str, str], Result] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def hold(self, session: str, place: str, result: Result) -> None:
        """Remember what was shown last to this visitor at this place."""
        with self._lock:
            self._drop((session, place))
            self._last[session, place] = result
            self._held += len(result.card)
            while self._held > HELD:
                self._drop(next(iter(self._last)))

    def share(self, session: str, place: str) -> str:
        """Store what was shown last there and return its id; "": there is nothing, or no room for it."""
        result = self._last.get((session, place))
        if result is None or self._folder is None:
            return ""
        text = json.dumps({**asdict(result), "at": time.time()}, ensure_ascii=False)
        if len(text.encode()) > LARGEST:
            return ""
        name = secrets.token_urlsafe(12)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _forget(self._folder)
            draft = self._folder / f"{name}.draft"
            draft.write_text(text, encoding="utf-8")
            draft.replace(draft.with_suffix(".json"))
        except OSError as error:  # no disk, or a full one: the link runs the tool again
            log.warning("A shared result was not stored: %s", error)
            return ""
        return name

    def read(self, name: str) -> Result | None:
        """Return the shared result with this id; None: there is none, or it has expired."""
        if self._folder is None or not ID.fullmatch(name):
            return None
        path = self._folder / f"{name}.json"
        try:
            if _expired(path):
                return None
            return Result(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, TypeError, ValueError):
            return None

    def _drop(self, key: tuple[str, str]) -> None:
        gone = self._last.pop(key, None)
        self._held -= len(gone.card) if gone else 0


def _forget(folder: Path) -> None:
    """Delete what has expired, and the oldest beyond the room for all."""
    left = STORED
    for path in sorted(folder.glob("*.json"), key=lambda path: -path.stat().st_mtime):
        left -= path.stat().st_size
        if left < 0 or _expired(path):
            path.unlink(missing_ok=True)


def _expired(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > DAYS * 24 * 3600
