"""Answer one request of the page: admission, streaming, and what is said when it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from samovar import html
from samovar.errors import BusyError, SamovarError
from samovar.phrases import Language, Phrase
from samovar.tool import Shown, Tab, Visit
from samovar.ui.door import Door
from samovar.ui.link import link_of

BROKEN = Phrase(
    "Something broke on our side; your input is kept. Try again, and if it happens again, "
    "report it with the time {time}.",
    "Сбой на нашей стороне, введённое сохранено. Повторите, а если не поможет, сообщите нам "
    "время: {time}.",
)
RUNNING = Phrase(
    "An answer is still being written; what you typed is kept.",
    "Ответ ещё пишется, введённое сохранено.",
)
WAIT = Phrase("Wait for its end or press Stop.", "Дождитесь конца или нажмите «Стоп».")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bar:
    """Move the page's progress bar; it may travel to another process, as a function could not."""

    progress: gr.Progress

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done."""
        self.progress((done, total))


@dataclass(frozen=True, slots=True)
class Desk:
    """Answer the requests of one drawn tool in one language.

    What it yields are the values of notice, card, memory, Stop button and the inputs that a result
    may fill, in this order.
    """

    slug: str
    tab: Tab
    door: Door
    language: Language
    inside: bool = False
    """Whether it is a `Fold`: no link restores it, and it reads the memory of the tool around it."""
    live: bool = False
    """Whether nobody has pressed a button yet: what is amiss may be half typed, and is said softly."""

    def values(
        self, notice: Any = "", shown: Shown | None = None, link: str = "", stop: Any = None
    ) -> list[Any]:
        """Return the values of one state of the page; what is None stays as it is."""
        filled = shown.inputs if shown else {}
        memory = shown.memory if shown else None
        return [
            notice,
            html.card(shown, self.language, link=link) if shown else gr.skip(),
            gr.skip() if memory is None else memory,
            gr.skip() if stop is None else stop,
            *(filled.get(name, gr.skip()) for name in self.tab.filled),
        ]

    def named(self, values: tuple[Any, ...]) -> tuple[Any, dict[str, Any]]:
        """Return what is remembered and the inputs by their names."""
        return values[0], dict(zip(self.tab.inputs, values[1:], strict=True))

    def stream(
        self,
        session: str,
        progress: gr.Progress,
        inputs: Mapping[str, Any],
        answer: Callable[[Visit], Shown | Iterator[Shown]],
    ) -> Iterator[list[Any]]:
        """Yield the states of the page while `answer` is running; the last one ends it."""
        off = gr.update(interactive=False)
        kept: Any = None
        try:
            if self.tab.remembers and self.door.running(session, self.slug):
                raise BusyError(RUNNING, WAIT)
            with self.door.enter(session, self.slug) as stop:
                visit = Visit(self.language, stop, Bar(progress))
                yield self.values(stop=gr.update(interactive=self.tab.stoppable))
                url = "" if self.inside else link_of(self.slug, self.tab, inputs)
                for shown in each(answer(visit)):
                    kept = kept if shown.memory is None else shown.memory
                    yield self.values("", shown, url)
                yield self.values(stop=off)
        except SamovarError as error:
            kind = "hint" if self.live else "error"
            yield self._failed(html.notice(error.say(self.language), kind), kept, inputs)
        except gr.Error as error:  # ZeroGPU's own: no quota left, no GPU free, or it took too long
            yield self._failed(html.notice(str(error.message)), kept, inputs)
        except Exception:
            time = datetime.now(UTC).strftime("%H:%M:%S UTC")
            log.exception("%s failed at %s", self.slug, time)
            told = html.notice(BROKEN.say(self.language, time=time))
            yield self._failed(told, kept, inputs)

    def _failed(self, notice: Any, kept: Any, inputs: Mapping[str, Any]) -> list[Any]:
        """Return the page after an error.

        A result that broke off is shown as it was kept; what was refused at once is given back.
        """
        off = gr.update(interactive=False)
        if kept is None or self.tab.remembers is None:
            back = {name: inputs[name] for name in self.tab.cleared}
            given = [back.get(name, gr.skip()) for name in self.tab.filled]
            return [*self.values(notice, stop=off)[: -len(given) or None], *given]
        shown = self.tab.remembers.recall(Visit(self.language), memory=kept, **inputs)
        return self.values(notice, shown, stop=off)


def each(answer: Shown | Iterator[Shown]) -> Iterator[Shown]:
    """Yield every state of an answer, also of one that comes at once."""
    if isinstance(answer, Shown):
        yield answer
    else:
        yield from answer
