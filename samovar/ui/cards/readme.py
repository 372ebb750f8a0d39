"""The fold-out "Model cards": what each adapter and tagger trained here was made of, and for what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from samovar import html
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.settings import Settings

TITLE = Phrase("Model cards", "Карточки моделей")
OPENS = Phrase("Show the model card, below", "Показать карточку модели, ниже")
CHOOSE = Phrase("Trained here", "Обучено здесь")
FOLDERS = ("adapters", "taggers")
SHOW = "() => document.getElementById('{id}')?.scrollIntoView({{ block: 'start' }})"
HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)$", re.MULTILINE)
"""A file beside the card, which the page does not serve."""


def names(settings: Settings) -> dict[str, Path]:
    """Return the cards on this machine by the name of what they describe."""
    paths = (p for folder in FOLDERS for p in settings.assets.glob(f"{folder}/*/README.md"))
    return {path.parent.name: path for path in sorted(paths)}


def text(name: str, settings: Settings) -> str:
    """Return the card of `name` as Markdown, without its front matter and pictures; nothing if unknown."""
    path = names(settings).get(name)
    if path is None:
        return ""
    return PICTURE.sub("", HEAD.sub("", path.read_text(encoding="utf-8"))).strip()


def place(language: Language) -> str:
    """Return the id of the fold-out on the page."""
    return f"model-cards-{language}"


def opener(name: str, language: Language) -> Markup:
    """Return the button that shows the card of `name`.

    It is no link to a place of the page: those lead to another page below Gradio's base address.
    """
    return html.tag(
        "button",
        name,
        type="button",
        class_="to-card",
        title=OPENS.say(language),
        data_act="card",
        data_card=name,
    )


def draw(language: Language, openers: Sequence[gr.HTML]) -> None:
    """Draw the fold-out; an `opener` pressed in one of `openers` shows its card there."""
    known = list(names(shelf().settings))
    if not known:
        return
    with gr.Accordion(TITLE.say(language), open=False, elem_id=place(language)) as fold:
        chosen = gr.Dropdown(known, value=known[0], label=CHOOSE.say(language))
        shown = gr.Markdown(text(known[0], shelf().settings), elem_classes="model-text")
        chosen.change(
            lambda name: text(name, shelf().settings),
            chosen,
            shown,
            api_visibility="private",
            queue=False,
            show_progress="hidden",
        )

    def opened(event: gr.EventData) -> list[Any]:
        name = getattr(event, "card", "")
        if name not in known:  # the page draws no such button
            return [gr.skip(), gr.skip(), gr.skip()]
        return [gr.Accordion(open=True), name, text(name, shelf().settings)]

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    for place_of in openers:
        pressed = place_of.click(opened, None, [fold, chosen, shown], queue=False, **quiet)
        pressed.then(None, js=SHOW.format(id=place(language)), **quiet)
