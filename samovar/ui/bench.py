"""Where a visitor works: the inputs, the buttons and the result, the same in every tool."""

from __future__ import annotations

from collections.abc import Callable

import gradio as gr
from markupsafe import Markup

from samovar import html, zerogpu
from samovar.phrases import Language, Phrase
from samovar.tool import Tab
from samovar.ui.door import Door
from samovar.ui.wiring import Parts, sample_buttons, wire

STOP = Phrase("Stop", "Стоп")
ANEW = Phrase("New conversation", "Новый разговор")
BEGUN = Phrase(
    "A new conversation: write the first message.", "Новый разговор: напишите первую реплику."
)


def bench(
    slug: str,
    draw: Callable[[], Tab],
    first: Callable[[Tab], Markup],
    door: Door,
    language: Language,
) -> Tab:
    """Draw and wire one tool: `draw` makes its inputs, `first` what the result shows before an answer."""
    with gr.Row(elem_classes="bench", equal_height=False):
        with gr.Column(elem_classes="input-card", scale=5, min_width=320):
            tab = draw()
            _fill(tab)
            sample_buttons(tab)
            with gr.Row(elem_classes="actions"):
                run = gr.Button(tab.run.say(language), variant="primary", elem_classes="run")
                stop = gr.Button(
                    STOP.say(language),
                    interactive=False,
                    visible=tab.stoppable and not zerogpu.here(),  # see Visit
                    elem_classes="stop",
                )
                anew = gr.Button(ANEW.say(language), visible=tab.remembers)
        with gr.Column(elem_classes="result-card", scale=7, min_width=320):
            notice = gr.HTML("", elem_classes="notice-place")
            card = gr.HTML(first(tab), elem_classes="result", elem_id=f"result-{slug}-{language}")
    memory = gr.State(None)
    wire(slug, tab, Parts(run, stop, notice, card, memory), door, language)
    anew.click(
        lambda: ["", html.notice(BEGUN.say(language), "empty"), None],
        outputs=[notice, card, memory],
        api_visibility="private",
        queue=False,
        show_progress="hidden",
    )
    return tab


def _fill(tab: Tab) -> None:
    """Put the inputs of the first sample into the widgets that are still empty."""
    for name, widget in tab.inputs.items():
        if widget.value in (None, "", []) and name in tab.samples[0]:
            widget.value = tab.samples[0][name]
