"""Generate many replies at once: requests join and leave the batch between any two tokens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any

import torch

from samovar.errors import ModelError
from samovar.models.chat.pytorch.group import Group, Row
from samovar.models.files.adapters import Adapter
from samovar.phrases import Phrase

ROWS = 64
"""Replies in work at once; further ones wait for a place, first come first served."""

FAILED = Phrase("The engine failed: {why}.", "Движок дал сбой: {why}.")
SHORTER = Phrase("Try a shorter text.", "Попробуйте текст покороче.")
AGAIN = Phrase("Try again, or restart the app.", "Попробуйте ещё раз или перезапустите приложение.")
NOT_LOADED = Phrase(
    "{packages} cannot load the adapter {name}: {why}.",
    "{packages}: не удалось загрузить адаптер {name}: {why}.",
)
TESTED = Phrase(
    "Install the versions that were tested together: make setup",
    "Установите версии, проверенные вместе: make setup",
)
LIBRARIES = ("transformers", "peft")


class Decoder:
    """Step all groups in turn in one thread, which ends when nothing is left to do."""

    def __init__(
        self, model: Any, ends: frozenset[int], activate: Callable[[Adapter | None], None]
    ) -> None:
        """Take the model; `activate` switches it to an adapter or, with None, to the base."""
        self._model = model
        self._ends = ends
        self._activate = activate
        self._lock = threading.Lock()
        self._waiting: list[Row] = []
        self._thread: threading.Thread | None = None

    def submit(self, rows: Sequence[Row]) -> None:
        """Queue `rows`; each one's result is set when it ends."""
        with self._lock:
            self._waiting += rows
            if self._thread is None or not self._thread.is_alive():  # not alive: after a fork too
                self._thread = threading.Thread(target=self._run, daemon=True, name="samovar-torch")
                self._thread.start()

    def _run(self) -> None:
        groups: list[Group] = []
        while True:
            with self._lock:
                free = ROWS - sum(len(group.rows) for group in groups)
                rows, self._waiting = self._waiting[:free], self._waiting[free:]
                if not rows and not groups:
                    self._thread = None
                    return
            with torch.inference_mode():
                for adapter in dict.fromkeys(row.adapter for row in rows):
                    self._join(groups, [row for row in rows if row.adapter == adapter])
                for group in groups:
                    self._step(group)
            groups = [group for group in groups if group.rows]

    def _join(self, groups: list[Group], rows: list[Row]) -> None:
        if not self._activated(rows[0].adapter, rows):
            return
        try:
            new = Group(self._model, rows, self._ends)
            if not any(group.absorb(new) for group in groups):
                groups.append(new)
        except Exception as error:
            _fail(rows, error)

    def _step(self, group: Group) -> None:
        if not self._activated(group.adapter, group.rows):
            group.rows = []
            return
        try:
            group.step()
        except Exception as error:
            _fail(group.rows, error)
            group.rows = []

    def _activated(self, adapter: Adapter | None, rows: Sequence[Row]) -> bool:
        """Switch the model; where the libraries refuse an adapter, end its rows and say so."""
        try:
            self._activate(adapter)
        except Exception as error:
            if adapter is None or _out_of_memory(error):
                _fail(rows, error)
            else:
                packages = ", ".join(map(_installed, LIBRARIES))
                told = {"packages": packages, "name": adapter.name, "why": _why(error)}
                _end(rows, ModelError(NOT_LOADED, TESTED, **told))
            return False
        return True


def _fail(rows: Sequence[Row], error: Exception) -> None:
    """End these rows and no others, for example because memory ran out."""
    _end(rows, ModelError(FAILED, SHORTER if _out_of_memory(error) else AGAIN, why=_why(error)))


def _end(rows: Sequence[Row], error: ModelError) -> None:
    for row in rows:
        if not row.result.done():
            row.result.set_exception(error)


def _installed(name: str) -> str:
    try:
        return f"{name} {metadata.version(name)}"
    except metadata.PackageNotFoundError:
        return f"no {name}"


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:300].rstrip(".") or type(error).__name__


def _out_of_memory(error: Exception) -> bool:
    """Tell a full memory, of which torch's allocator for CPUs only speaks in its message."""
    full = isinstance(error, MemoryError | torch.OutOfMemoryError)
    return full or (isinstance(error, RuntimeError) and "can't allocate memory" in str(error))
