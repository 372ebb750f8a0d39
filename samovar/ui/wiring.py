"""Wire a drawn tool to the page: run, stop, samples, errors, link and card."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from samovar import html
from samovar.errors import SamovarError
from samovar.phrases import Language, Phrase
from samovar.tool import Shown, Tab, Upload, Visit
from samovar.ui.door import Door
from samovar.ui.link import link_of
from samovar.zerogpu import gpu

STOP = Phrase("Stop", "Стоп")
BROKEN = Phrase(
    "Something broke on our side; your input is kept. Try again, and if it happens again, "
    "report it with the time {time}.",
    "Сбой на нашей стороне, введённое сохранено. Повторите, а если не поможет, сообщите нам "
    "время: {time}.",
)
CHARACTERS = 42
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bar:
    """Move the page's progress bar; it may travel to another process, as a function could not."""

    progress: gr.Progress

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` are done."""
        self.progress((done, total))


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold what the shell drew around a tool's inputs."""

    run: gr.Button
    stop: gr.Button
    notice: gr.HTML
    card: gr.HTML
    memory: gr.State


def wire(slug: str, tab: Tab, parts: Parts, door: Door, language: Language) -> None:
    """Bind every event of one tool; all of them are private to the page."""
    handler = _handler(slug, tab, door, language)
    widgets = list(tab.inputs.values())
    cleared = [tab.inputs[name] for name in tab.cleared]
    outputs = [parts.notice, parts.card, parts.memory, parts.stop, *cleared]
    triggers = [parts.run.click]
    if tab.enter:
        triggers.append(tab.inputs[tab.enter].submit)
    gr.on(
        triggers,
        handler,
        [parts.memory, *widgets],
        outputs,
        api_visibility="private",
        concurrency_id="model",
        concurrency_limit=None,
        show_progress="minimal",
        show_progress_on=parts.card,
        trigger_mode="once",
    )
    parts.stop.click(_stopper(slug, door), api_visibility="private", queue=False)
    for upload in tab.uploads:
        _wire_upload(slug, upload, language)


def sample_buttons(tab: Tab) -> None:
    """Draw one button for each sample; pressing it fills the inputs."""
    with gr.Row(elem_classes="samples"):
        for sample in tab.samples:
            name = next(name for name, value in sample.items() if isinstance(value, str) and value)
            label = _label(tab.inputs[name], sample[name])
            if len(label) > CHARACTERS:
                label = label[: CHARACTERS - 1].rstrip() + "…"
            button = gr.Button(label, size="sm", variant="secondary", elem_classes="sample")
            values = [sample.get(name, gr.skip()) for name in tab.inputs]
            button.click(
                _constant(values[0] if len(values) == 1 else values),
                outputs=list(tab.inputs.values()),
                api_visibility="private",
                queue=False,
                show_progress="hidden",
            )


def _wire_upload(slug: str, upload: Upload, language: Language) -> None:
    """Read a file when it is loaded, forget it when the box is emptied."""
    read = gpu(upload.seconds)(upload.read)

    def load(given: Any, progress: gr.Progress = gr.Progress()) -> tuple[Any, Any, Any]:  # noqa: B008
        try:
            kept, note = read(given, Bar(progress))
        except SamovarError as error:
            return None, html.notice(error.say(language)), None
        return kept, note, gr.skip()

    held, file, told = upload.held, upload.file, upload.told
    file.upload(
        load,
        file,
        [held, told, file],
        api_visibility="private",
        concurrency_id=f"upload-{slug}",
        concurrency_limit=1 if upload.seconds else None,
        show_progress_on=told,
    )
    file.clear(lambda: (None, ""), outputs=[held, told], api_visibility="private", queue=False)


def _label(widget: Any, value: str) -> str:
    """Return what the visitor reads for `value`: a list's entry has a label of its own."""
    labels: dict[str, str] = {v: label for label, v in getattr(widget, "choices", None) or []}
    return labels.get(value, value)


def _constant(value: Any) -> Callable[[], Any]:
    return lambda: value


def _stopper(slug: str, door: Door) -> Callable[..., None]:
    def stop(request: gr.Request) -> None:
        door.stop(request.session_hash or "", slug)

    return stop


def _handler(slug: str, tab: Tab, door: Door, language: Language) -> Callable[..., Any]:
    names = list(tab.inputs)
    answer = gpu(tab.seconds)(tab.answer)

    def handle(
        request: gr.Request,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - Gradio finds it by this default
        *values: Any,
    ) -> Iterator[Any]:
        memory, inputs = values[0], dict(zip(names, values[1:], strict=True))
        kept = [gr.skip()] * len(tab.cleared)
        off = gr.update(interactive=False)
        try:
            with door.enter(request.session_hash or "", slug) as stop:
                visit = Visit(language, stop, Bar(progress))
                yield ["", gr.skip(), gr.skip(), gr.update(interactive=tab.stoppable), *kept]
                known = {"memory": memory} if tab.remembers else {}
                url = link_of(slug, tab, inputs)
                emptied = [""] * len(tab.cleared)
                for shown in _shown(answer(visit, **inputs, **known)):
                    card = html.card(shown, language, link=url)
                    yield ["", card, shown.memory, gr.skip(), *emptied]
                yield ["", gr.skip(), gr.skip(), off, *kept]
        except SamovarError as error:
            told = html.notice(error.say(language))
            yield [told, gr.skip(), gr.skip(), off, *kept]
        except gr.Error as error:  # ZeroGPU's own: no quota left, no GPU free, or it took too long
            yield [html.notice(str(error.message)), gr.skip(), gr.skip(), off, *kept]
        except Exception:
            time = datetime.now(UTC).strftime("%H:%M:%S UTC")
            log.exception("%s failed at %s", slug, time)
            told = html.notice(BROKEN.say(language, time=time))
            yield [told, gr.skip(), gr.skip(), off, *kept]

    return handle


def _shown(answer: Shown | Iterator[Shown]) -> Iterator[Shown]:
    if isinstance(answer, Shown):
        yield answer
    else:
        yield from answer
