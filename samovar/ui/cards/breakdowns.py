"""The fold-outs of the Models page that a tool offers: its figures, case by case."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import gradio as gr
from markupsafe import Markup

from samovar import html
from samovar.figures.breakdown import Breakdown
from samovar.phrases import Language, Phrase

HEAD = Phrase("Case by case", "Пример за примером")
TITLE = Phrase("{tool} · {title}", "{tool} · {title}")


def offered(slugs: Iterable[str], language: Language) -> Iterator[tuple[str, Breakdown]]:
    """Yield (slug, breakdown) of all that these tools offer, beside their answerers; most offer none."""
    for slug in slugs:
        offer = getattr(importlib.import_module(f"samovar.{slug}.answerers"), "breakdowns", None)
        for one in offer(language) if offer else ():
            yield slug, one


def draw(titles: Mapping[str, Phrase], language: Language) -> None:
    """Draw a fold for each breakdown in the current Gradio context; `titles` are those of the tools."""
    found = list(offered(titles, language))
    if not found:
        return
    with gr.Column(elem_classes="result-card models-card"):
        gr.HTML(html.tag("h2", HEAD.say(language)))
        for slug, one in found:
            said = TITLE.say(language, tool=titles[slug], title=one.title)
            with gr.Accordion(said, open=False, elem_classes="breakdown"):
                _fold(one, language)


def _fold(one: Breakdown, language: Language) -> None:
    gr.HTML(html.tag("p", one.about.say(language), class_="quiet"))
    asked = [
        gr.Dropdown(
            [(said.say(language), value) for value, said in selector.options.items()],
            value=next(iter(selector.options)),
            label=selector.label.say(language),
            filterable=False,
        )
        for selector in one.selectors
    ]
    first = [next(iter(selector.options)) for selector in one.selectors]
    shown = gr.HTML(one.card(language, *first), elem_classes="cases")
    gr.on(
        [widget.change for widget in asked],
        _shower(one, language),
        asked,
        shown,
        api_visibility="private",
        show_progress="hidden",
        queue=False,
    )


def _shower(one: Breakdown, language: Language) -> Callable[..., Markup]:
    def show(*chosen: Any) -> Markup:
        return one.card(language, *chosen)

    return show
