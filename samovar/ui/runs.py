"""The visitor's own runs of a tool: listed and compared by the page's script (ui/history.js)."""

from __future__ import annotations

import gradio as gr

from samovar import html
from samovar.phrases import Language, Phrase

TITLE = Phrase("Your runs", "Ваши запуски")
HELP = Phrase(
    "Kept in this browser only. Tick two to see them side by side.",
    "Хранятся только в этом браузере. Отметьте два, чтобы сравнить их рядом.",
)
FORGET = Phrase("Forget them", "Забыть их")


def draw(slug: str, language: Language) -> None:
    """Draw the place of the runs of `slug`, folded; it is hidden until there is one."""
    forget = html.tag(
        "button", FORGET.say(language), type="button", class_="foot-link", data_forget=slug
    )
    parts = (
        html.tag("p", HELP.say(language), " ", forget, class_="quiet"),
        html.tag("ul", class_="runs"),
        html.tag("div", class_="side-by-side"),
    )
    summary = html.tag("summary", TITLE.say(language))
    gr.HTML(
        html.tag("details", summary, *parts, data_runs=slug, class_="answer"),
        elem_classes="runs-block",
    )
