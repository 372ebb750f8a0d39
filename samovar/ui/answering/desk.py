"""Answer one request of the page: admission, streaming, and what is said when it fails or is stopped."""

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
from samovar.ui.answering.door import Door
from samovar.ui.answering.stages import Stage, Staged
from samovar.ui.answering.working import working
from samovar.ui.history.link import link_of
from samovar.ui.history.results import Result

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
STOPPED = Phrase(
    "You stopped it: what was ready by then is shown.",
    "Вы остановили работу: показано то, что успело появиться.",
)
NOTHING_YET = Phrase(
    "You stopped it before anything was ready.", "Вы остановили работу, когда ещё ничего не было."
)
CARD = 1
"""Place of the card among the values."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Answer the requests of one drawn tool in one language.

    What it yields are the values of notice, card, memory, Stop button, stage of the work and the inputs
    that a result may fill, in this order.
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
        self,
        notice: Any = "",
        shown: Shown | None = None,
        link: str = "",
        stop: Any = None,
        stage: str | None = None,
    ) -> list[Any]:
        """Return the values of one state of the page; what is None stays as it is."""
        filled = shown.inputs if shown else {}
        memory = shown.memory if shown else None
        return [
            notice,
            html.card(shown, self.language, link=link) if shown else gr.skip(),
            gr.skip() if memory is None else memory,
            gr.skip() if stop is None else stop,
            gr.skip() if stage is None else working(self.language, stage),
            *(filled.get(name, gr.skip()) for name in self.tab.filled),
        ]

    def named(self, values: tuple[Any, ...]) -> tuple[Any, dict[str, Any]]:
        """Return what is remembered and the inputs by their names."""
        return values[0], dict(zip(self.tab.inputs, values[1:], strict=True))

    def stream(
        self,
        session: str,
        inputs: Mapping[str, Any],
        answer: Callable[[Visit], Shown | Iterator[Shown]],
    ) -> Iterator[list[Any]]:
        """Yield the states of the page while `answer` is running; the last one ends it."""
        off = gr.update(interactive=False)
        kept: Any = None
        some = False
        try:
            if self.tab.remembers and self.door.running(session, self.slug):
                raise BusyError(RUNNING, WAIT)
            with self.door.enter(session, self.slug) as stop:
                yield self.values(stop=gr.update(interactive=self.tab.stoppable), stage="")
                url = "" if self.inside else link_of(self.slug, self.tab, inputs)
                staged = Staged(stop)
                visit = Visit(self.language, stop, staged.progress)
                for found in staged.run(lambda: each(answer(visit))):
                    if isinstance(found, Stage):
                        yield self.values(gr.skip(), stage=found.say(self.language))
                        continue
                    kept = kept if found.memory is None else found.memory
                    some = True
                    values = self.values("", found, url)
                    yield values
                if some and not self.inside:
                    card = str(values[CARD])
                    result = Result(self.slug, self.language, url, card, kept)
                    self.door.results.hold(session, self.slug, result)
                yield self.values(self._ended(stop.is_set(), some), stop=off, stage="")
        except SamovarError as error:
            yield self._failed(self._refusal(error), kept, inputs)
        except gr.Error as error:  # ZeroGPU's own: no quota left, no GPU free, or it took too long
            yield self._failed(html.notice(str(error.message)), kept, inputs)
        except Exception:
            time = datetime.now(UTC).strftime("%H:%M:%S UTC")
            log.exception("%s failed at %s", self.slug, time)
            told = html.notice(BROKEN.say(self.language, time=time))
            yield self._failed(told, kept, inputs)

    def _ended(self, stopped: bool, some: bool) -> Any:
        """Return what is said at the end: nothing, unless the visitor pressed Stop."""
        said = STOPPED if some else NOTHING_YET
        return html.notice(said.say(self.language), "hint") if stopped else ""

    def _refusal(self, error: SamovarError) -> Any:
        """Return what is said of an error: fields are named as the page names them."""
        said = error.say(self.language, self.tab.labels())
        return html.notice(said, "hint" if self.live else "error")

    def _failed(self, notice: Any, kept: Any, inputs: Mapping[str, Any]) -> list[Any]:
        """Return the page after an error.

        A result that broke off is shown as it was kept; what was refused at once is given back.
        """
        off = gr.update(interactive=False)
        if kept is None or self.tab.remembers is None:
            back = {name: inputs[name] for name in self.tab.cleared}
            given = [back.get(name, gr.skip()) for name in self.tab.filled]
            values = self.values(notice, stop=off, stage="")
            return [*values[: -len(given) or None], *given]
        shown = self.tab.remembers.recall(Visit(self.language), memory=kept, **inputs)
        return self.values(notice, shown, stop=off, stage="")


def each(answer: Shown | Iterator[Shown]) -> Iterator[Shown]:
    """Yield every state of an answer, also of one that comes at once."""
    if isinstance(answer, Shown):
        yield answer
    else:
        yield from answer
