"""Run what answers in a thread of its own, so that the page hears of its progress between two results."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase

LOOK = 0.3
"""Seconds after which it is asked again what is being loaded."""
LOADING = Phrase(
    "loading {title}, once after a start; this can take a minute",
    "загружается {title}, один раз после запуска; это может занять минуту",
)
DONE = Phrase("{done} of {total}", "{done} из {total}")


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold how far a request is: `done` of `total`, or else the model that is being loaded."""

    done: int = 0
    total: int = 0
    loading: str = ""

    def say(self, language: Language) -> str:
        """Return it in the visitor's language; "" where there is nothing to tell."""
        if self.loading:
            return LOADING.say(language, title=self.loading)
        return DONE.say(language, done=self.done, total=self.total) if self.total else ""


@dataclass(frozen=True, slots=True)
class _End:
    """Mark the end of a request; `error` is what broke it off."""

    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """Tell the page how far a request is; in another process nobody hears of it."""

    found: SimpleQueue[Any]

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done."""
        self.found.put(Stage(done, total))

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as one that tells nobody."""
        return Bar, (_Unheard(),)


class _Unheard:
    """Take what nobody asks for."""

    def put(self, stage: Stage) -> None:
        """Drop `stage`."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Run one request and yield what it yields, with its stages between."""

    stop: threading.Event
    _found: SimpleQueue[Any] = field(default_factory=SimpleQueue)

    @property
    def progress(self) -> Bar:
        """Return what tells the page how far it is."""
        return Bar(self._found)

    def run(self, pieces: Callable[[], Iterator[Any]]) -> Iterator[Any]:
        """Yield every piece, and a `Stage` each time that it changes.

        Closed early, it sets `stop` and waits until the request has ended: nothing runs on unseen.

        Raises:
            BaseException: what `pieces` raises.
        """
        left = threading.Event()
        work = threading.Thread(
            target=copy_context().run, args=(self._work, pieces, left), daemon=True
        )
        work.start()
        try:
            yield from self._seen()
        except GeneratorExit:
            self.stop.set()
            raise
        finally:
            left.set()
            work.join()

    def _work(self, pieces: Callable[[], Iterator[Any]], left: threading.Event) -> None:
        error: BaseException | None = None
        try:
            iterator = pieces()
            for piece in iterator:
                self._found.put(piece)
                if left.is_set():
                    getattr(iterator, "close", lambda: None)()
                    break
        except BaseException as raised:  # it is raised again where the page is told
            error = raised
        self._found.put(_End(error))

    def _seen(self) -> Iterator[Any]:
        stage = Stage()
        while True:
            try:
                found = self._found.get(timeout=LOOK)
            except Empty:
                found = Stage(stage.done, stage.total, shelf().loading())
            if isinstance(found, _End):
                if found.error:
                    raise found.error
                return
            if isinstance(found, Stage):
                if found == stage:
                    continue
                stage = found
            yield found
