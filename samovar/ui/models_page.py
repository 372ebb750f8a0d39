"""The Models page: what answers each tool, a model to try, a larger one, and every model known."""

from __future__ import annotations

from collections.abc import Mapping

import gradio as gr
from markupsafe import Markup

from samovar import html
from samovar.models.hardware import Hardware
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.tool import Tab
from samovar.ui import before_after
from samovar.ui.bench import bench
from samovar.ui.cards import answers, larger, listing, readme, trial
from samovar.ui.door import Door

SLUG = "models"
TITLE = Phrase("Models", "Модели")
LEAD = Phrase(
    "Which models answer here, how good and how fast they are; try one, or see what a larger one needs.",
    "Какие модели отвечают здесь, насколько они хороши и быстры; попробуйте любую или узнайте, что "
    "нужно для модели побольше.",
)
REFRESH = Phrase("Refresh", "Обновить")
FOLDS = (listing.roles, listing.models, listing.profiles)


def draw(language: Language, titles: Mapping[str, Phrase], door: Door) -> Tab:
    """Draw the page in the current Gradio context and return what a visitor can try there.

    `titles` are those of the tools on this page, `door` knows how long their last answers took.
    """
    gr.HTML(html.tag("p", LEAD.say(language), class_="lead"))

    def now() -> list[Markup]:
        told = answers.card(titles, door.took(), shelf(), language)
        room = larger.Room.here(shelf().settings.cache)
        loaded = {id for _, id in shelf().loaded()}
        more = larger.card(shelf().settings, room, Hardware.here(), loaded, language)
        return [told, more, html.join(fold(language) for fold in FOLDS)]

    drawn = now()
    with gr.Column(elem_classes="result-card models-card"):
        told = gr.HTML(drawn[0])
        refresh = gr.Button(REFRESH.say(language), size="sm", elem_classes="refresh")
    gr.HTML(trial.head(language))
    tab = bench(SLUG, lambda: trial.draw(language), lambda _: trial.empty(language), door, language)
    with gr.Column(elem_classes="result-card models-card"):
        more = gr.HTML(drawn[1])
    with gr.Column(elem_classes="result-card models-card"):
        listed = gr.HTML(drawn[2])
        readme.draw(language)
    live = [told, more, listed]
    refresh.click(now, outputs=live, api_visibility="private", queue=False)
    gr.on(None, now, outputs=live, api_visibility="private", queue=False)  # when the page opens
    before_after.draw(language)
    return tab
