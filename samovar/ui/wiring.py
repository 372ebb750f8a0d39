"""Wire a drawn tool to the page: run, stop, samples, errors, link and card."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from samovar import html
from samovar.errors import SamovarError
from samovar.phrases import Language, Phrase
from samovar.tool import Tab, Upload
from samovar.ui.answering.desk import Desk
from samovar.ui.answering.door import Door
from samovar.ui.answering.stages import Stage, Staged
from samovar.zerogpu import gpu

STOP = Phrase("Stop", "Стоп")
CHARACTERS = 42
BEGAN = "(...values) => samovar.began('{id}', values)"
"""Script that shows at once that work has begun; what is sent is emptied, so that no later word is lost."""
ENDED = "() => samovar.ended('{id}')"
READ = "(...values) => samovar.fileRead('{id}', values)"
"""Script that frees the main button: until a file is read no answer could use it."""
READING = Phrase("Reading the file:", "Файл читается:")
PAUSED = "() => samovar.paused('{id}')"
"""Script that presses the button `{id}-live` when no other change follows soon."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold what the shell drew around a tool's inputs."""

    run: gr.Button
    also: gr.Button | None
    stop: gr.Button
    stage: gr.HTML
    notice: gr.HTML
    card: gr.HTML
    memory: Any

    def outputs(self, tab: Tab) -> list[Any]:
        """Return the outputs in the order of `Desk.values`."""
        filled = [tab.inputs[name] for name in tab.filled]
        return [self.notice, self.card, self.memory, self.stop, self.stage, *filled]


def wire(desk: Desk, parts: Parts) -> None:
    """Bind every event of one tool; all of them are private to the page."""
    tab = desk.tab
    triggers = [parts.run.click]
    if tab.enter:
        triggers.append(tab.inputs[tab.enter].submit)
    _wire_run(desk, parts, triggers, {})
    if parts.also and tab.also:
        _wire_run(desk, parts, [parts.also.click], tab.also.sets)
    parts.stop.click(_stopper(desk.slug, desk.door), api_visibility="private", queue=False)
    if tab.live:
        _wire_live(replace(desk, live=True), parts)
    for upload in tab.uploads:
        _wire_upload(desk, upload, parts.card)


def _wire_run(desk: Desk, parts: Parts, triggers: list[Any], sets: Mapping[str, Any]) -> None:
    """Answer when one of `triggers` comes; the inputs in `sets` have those values then."""
    tab = desk.tab
    gr.on(
        triggers,
        _runner(desk, sets),
        [parts.memory, *tab.inputs.values()],
        parts.outputs(tab),
        api_visibility="private",
        concurrency_id="model",
        concurrency_limit=None,
        show_progress="hidden",
        trigger_mode="once",
        js=BEGAN.format(id=parts.card.elem_id),
    ).then(None, js=ENDED.format(id=parts.card.elem_id), api_visibility="private")


def sample_buttons(tab: Tab, language: Language) -> None:
    """Draw one button for each sample; pressing it fills the inputs."""
    with gr.Row(elem_classes="samples"):
        titles = [title.say(language) for title in tab.titles]
        labels = titles or [_first(tab, sample) for sample in tab.samples]
        for sample, label in zip(tab.samples, labels, strict=True):
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


def _wire_live(desk: Desk, parts: Parts) -> None:
    """Answer when the visitor pauses: what he types, a sample, a link or a file may be the last change."""
    tab = desk.tab
    button = gr.Button(visible="hidden", elem_id=f"{parts.card.elem_id}-live")
    changes = [widget.change for name, widget in tab.inputs.items() if name not in tab.filled]
    paused = PAUSED.format(id=parts.card.elem_id)
    gr.on(changes, None, js=paused, api_visibility="private", show_progress="hidden")
    button.click(
        _runner(desk, {}),
        [parts.memory, *tab.inputs.values()],
        parts.outputs(tab),
        api_name="live",
        api_visibility="private",
        concurrency_id="model",
        concurrency_limit=None,
        show_progress="hidden",
        trigger_mode="always_last",
    )


def _wire_upload(desk: Desk, upload: Upload, card: gr.HTML) -> None:
    """Read a file when it is loaded, forget it when the box is emptied."""
    held, file, told = upload.held, upload.file, upload.told
    others = [desk.tab.inputs[name] for name in upload.sets]
    file.upload(
        _reader(desk, upload),
        file,
        [held, told, file, *others],
        api_visibility="private",
        concurrency_id=f"upload-{desk.slug}",
        concurrency_limit=1 if upload.seconds else None,
        show_progress="hidden",
    ).then(None, js=READ.format(id=card.elem_id), api_visibility="private")
    if hasattr(file, "clear"):  # a box; a button holds nothing
        file.clear(
            lambda: (None, ""),
            outputs=[held, told],
            js=READ.format(id=card.elem_id),
            api_visibility="private",
            queue=False,
        )


def _reader(desk: Desk, upload: Upload) -> Callable[..., Iterator[tuple[Any, ...]]]:
    """Return what reads a file of `upload` and says how far it is."""
    read = gpu(upload.seconds)(upload.read)
    rest = [gr.skip()] * len(upload.sets)

    def load(given: Any) -> Iterator[tuple[Any, ...]]:
        staged = Staged(threading.Event())
        try:
            for found in staged.run(lambda: (read(one, staged.progress) for one in [given])):
                if isinstance(found, Stage):
                    said = f"{READING.say(desk.language)} {found.say(desk.language)}"
                    yield None, html.notice(said, "hint"), gr.skip(), *rest
                else:
                    kept, note = found
                    yield kept, note, gr.skip(), *upload.sets.values()
        except SamovarError as error:
            yield None, html.notice(error.say(desk.language)), None, *rest

    return load


def _first(tab: Tab, sample: Mapping[str, Any]) -> str:
    """Return the first text of a sample."""
    name = next(name for name, value in sample.items() if isinstance(value, str) and value)
    return _label(tab.inputs[name], sample[name])


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


def _runner(desk: Desk, sets: Mapping[str, Any]) -> Callable[..., Any]:
    answer = gpu(desk.tab.seconds)(desk.tab.answer)

    def run(request: gr.Request, *values: Any) -> Iterator[Any]:
        memory, given = desk.named(values)
        inputs = {**given, **sets}
        known = {"memory": memory} if desk.tab.remembers or desk.inside else {}
        session = request.session_hash or ""
        yield from desk.stream(session, inputs, lambda visit: answer(visit, **inputs, **known))

    return run
