"""Where a visitor works: the inputs, the buttons and the result, the same in every tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gradio as gr
from markupsafe import Markup

from samovar import zerogpu
from samovar.phrases import Language, Phrase
from samovar.tool import Tab
from samovar.ui import remembering
from samovar.ui.answering import Desk
from samovar.ui.door import Door
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
    around: gr.BrowserState | None = None,
) -> Tab:
    """Draw and wire one tool: `draw` makes its inputs, `first` what the result shows before an answer.

    `around` is the memory of the tool that it belongs to, when it is a `Fold`.
    """
    with gr.Row(elem_classes="bench", equal_height=False) as place:
        with gr.Column(elem_classes="input-card", scale=5, min_width=320):
            tab = draw()
            _fill(tab)
            if tab.samples:
                sample_buttons(tab)
            with gr.Row(elem_classes="actions"):
                run = gr.Button(tab.run.say(language), variant="primary", elem_classes="run")
                stop = gr.Button(
                    STOP.say(language),
                    interactive=False,
                    visible=tab.stoppable and not zerogpu.here(),  # see Visit
                    elem_classes="stop",
                )
                again = _memory_buttons(language) if tab.remembers else None
        with gr.Column(elem_classes="result-card", scale=7, min_width=320):
            notice = gr.HTML("", elem_classes="notice-place")
            card = gr.HTML(
                first(tab),
                elem_classes="result",
                elem_id=f"result-{slug}-{language}",
                js_on_load=remembering.ACTS,
                autoscroll=tab.below,
            )
    for name in tab.cleared:
        tab.inputs[name].elem_classes = [*tab.inputs[name].elem_classes, "composer"]
    if tab.last is not None:
        _move(tab.last, run.parent.parent)
    if tab.below:
        _turn(place, tab)
    memory = remembering.store(slug) if tab.remembers else around or gr.State(None)
    parts = Parts(run, stop, notice, card, memory)
    wire(Desk(slug, tab, door, language, around is not None), parts)
    if again:
        remembering.wire(Desk(slug, tab, door, language), parts, again)
    for fold in tab.folds:
        with gr.Accordion(fold.title.say(language), open=False, elem_classes="fold"):
            bench(f"{slug}-{fold.name}", fold.draw, _nothing, door, language, memory)
    return tab


def _nothing(tab: Tab) -> Markup:
    return Markup("")


def _memory_buttons(language: Language) -> tuple[gr.Button, gr.UploadButton]:
    return gr.Button(ANEW.say(language)), gr.UploadButton(LOAD.say(language), file_types=[".jsonl"])


def _turn(place: gr.Row, tab: Tab) -> None:
    """Put the inputs below the result, but those of `tab.above` above it.

    What is said to the visitor then stands between them, beside the line that he writes.
    """
    place.children.reverse()
    place.children[0].children.reverse()
    place.elem_classes = ["bench", "below"]
    if tab.above is not None:
        _move(tab.above, place)
        place.children.insert(0, place.children.pop())


def _move(block: Any, place: Any) -> None:
    """Make a layout block the last one of `place`."""
    block.parent.children.remove(block)
    place.children.append(block)
    block.parent = place


def _fill(tab: Tab) -> None:
    """Put the inputs of the first sample into the widgets that are still empty.

    An input that results empty begins empty, as the line that one writes in a chat.
    """
    first = tab.samples[0] if tab.samples else {}
    for name, widget in tab.inputs.items():
        if name in first and name not in tab.filled and widget.value in (None, "", []):
            widget.value = first[name]
