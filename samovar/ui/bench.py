"""Where a visitor works: the inputs, the buttons and the result, the same in every tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from markupsafe import Markup

from samovar import html, zerogpu
from samovar.phrases import Language, Phrase
from samovar.tool import Tab
from samovar.ui import editing, remembering, runs, sharing
from samovar.ui.answering.desk import Desk
from samovar.ui.answering.door import Door
from samovar.ui.answering.working import working
from samovar.ui.wiring import Parts, sample_buttons, wire

STOP = Phrase("Stop", "Стоп")
ANEW = Phrase("New conversation", "Новый разговор")
LOAD = Phrase("Load a conversation…", "Загрузить разговор…")


def bench(
    slug: str,
    draw: Callable[[], Tab],
    first: Callable[[Tab], Markup],
    door: Door,
    language: Language,
    around: gr.BrowserState | gr.State | None = None,
) -> Tab:
    """Draw and wire one tool: `draw` makes its inputs, `first` what the result shows before an answer.

    `around` is the memory of the tool that it belongs to, when it is a `Fold`.
    """
    with gr.Row(elem_classes="bench", equal_height=False) as place:
        with gr.Column(elem_classes="input-card", scale=5, min_width=320) as inputs:
            tab = draw()
            _fill(tab)
            if tab.samples:
                sample_buttons(tab, language)
            run, also, stop, again = _buttons(tab, language)
        with gr.Column(elem_classes="result-card", scale=7, min_width=320) as result:
            stage, notice, card = _result(slug, tab, first(tab), language)
    _arrange(tab, place, inputs, result)
    memory = remembering.store(slug) if tab.remembers else around or gr.State(None)
    parts = Parts(run, also, stop, stage, notice, card, memory)
    wire(Desk(slug, tab, door, language, around is not None), parts)
    editing.wire(Desk(slug, tab, door, language), parts.card)
    if around is None:
        sharing.wire(Desk(slug, tab, door, language), parts)
        runs.draw(slug, language)
    if again:
        remembering.wire(Desk(slug, tab, door, language), parts, again)
    for fold in tab.folds:
        with gr.Accordion(fold.title.say(language), open=False, elem_classes="fold"):
            bench(f"{slug}-{fold.name}", fold.draw, _nothing, door, language, memory)
    _notes(tab, language)
    return tab


def _result(
    slug: str, tab: Tab, shown: Markup, language: Language
) -> tuple[gr.HTML, gr.HTML, gr.HTML]:
    """Draw what a visitor sees of a request: the work going on, what is said of it, and its result."""
    stage = gr.HTML(working(language), elem_classes="work-place")
    notice = gr.HTML("", elem_classes="notice-place")
    card = gr.HTML(
        shown,
        elem_classes="result",
        elem_id=f"result-{slug}-{language}",
        js_on_load=remembering.ACTS if tab.edits is None else editing.EDITS,
    )
    return stage, notice, card


def _notes(tab: Tab, language: Language) -> None:
    """Draw what the tool tells below its result, folded."""
    for note in tab.notes:
        with (
            gr.Accordion(note.title.say(language), open=False, elem_classes="fold"),
            gr.Column(elem_classes="result-card"),
        ):
            gr.HTML(html.tag("div", note.body, class_="answer"))


def _buttons(
    tab: Tab, language: Language
) -> tuple[gr.Button, gr.Button | None, gr.Button, tuple[gr.Button, gr.UploadButton] | None]:
    """Draw the row of actions: run, its other way and stop; begin anew and load of one that remembers."""
    with gr.Row(elem_classes="actions"):
        run = gr.Button(tab.run.say(language), variant="primary", elem_classes="run")
        also = gr.Button(tab.also.label.say(language), elem_classes="also") if tab.also else None
        stop = gr.Button(
            STOP.say(language),
            interactive=False,
            visible=tab.stoppable and not zerogpu.here(),  # see Visit
            elem_classes="stop",
        )
        if tab.remembers is None:
            return run, also, stop, None
        anew = gr.Button(ANEW.say(language), elem_classes="again")
        load = gr.UploadButton(LOAD.say(language), file_types=[".jsonl"], elem_classes="again")
    return run, also, stop, (anew, load)


def _arrange(tab: Tab, place: gr.Row, inputs: gr.Column, result: gr.Column) -> None:
    """Put everything where the tool wants it.

    Below a result, what is said to the visitor stands beside the line that he writes.
    """
    for name in tab.cleared:
        tab.inputs[name].elem_classes = [*tab.inputs[name].elem_classes, "composer"]
    if tab.last is not None:
        move(tab.last, inputs)
    if tab.below:
        place.children.reverse()
        result.children.reverse()
        place.elem_classes = ["bench", "below"]
    if tab.above is not None:
        move(tab.above, place)
        place.children.insert(0, place.children.pop())


def _nothing(tab: Tab) -> Markup:
    return Markup("")


def move(block: Any, place: Any) -> None:
    """Make a block the last one of `place`."""
    block.parent.children.remove(block)
    place.children.append(block)
    block.parent = place


def _fill(tab: Tab) -> None:
    """Put the inputs of the first sample into the widgets that are still empty.

    An input that results empty begins empty, as the line that one writes in a chat, and so does a
    live tool: what it shows is the visitor's own from the first letter.
    """
    first = tab.samples[0] if tab.samples and not tab.live else {}
    for name, widget in tab.inputs.items():
        if name in first and name not in tab.filled and widget.value in (None, "", []):
            widget.value = first[name]
