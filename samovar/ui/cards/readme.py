"""The fold-out "Model cards": what each adapter and tagger trained here was made of, and for what."""

from __future__ import annotations

import re
from pathlib import Path

import gradio as gr

from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.settings import Settings

TITLE = Phrase("Model cards", "Карточки моделей")
CHOOSE = Phrase("Trained here", "Обучено здесь")
FOLDERS = ("adapters", "taggers")
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


def draw(language: Language) -> None:
    """Draw the fold-out."""
    known = list(names(shelf().settings))
    if not known:
        return
    with gr.Accordion(TITLE.say(language), open=False, elem_id=place(language)):
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
