"""The Models page: what answers each tool and how well, how to change it, and every model known."""

from __future__ import annotations

from collections.abc import Mapping

import gradio as gr
from markupsafe import Markup

from samovar import html
from samovar.errors import SamovarError
from samovar.models.hardware import Hardware
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.tool import Tab
from samovar.ui import before_after
from samovar.ui.answering.door import Door
from samovar.ui.bench import bench
from samovar.ui.cards import answers, breakdowns, larger, listing, profile, readme, trial
from samovar.ui.remembering import ACTS

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
        return [told, _change(language), html.join(fold(language) for fold in FOLDS)]

    drawn = now()
    with gr.Column(elem_classes="result-card models-card"):
        told = gr.HTML(drawn[0], js_on_load=ACTS)
        refresh = gr.Button(REFRESH.say(language), size="sm", elem_classes="refresh")
    with gr.Column(elem_classes="result-card models-card"):
        change = gr.HTML(drawn[1])
    gr.HTML(trial.head(language))
    tab = bench(SLUG, lambda: trial.draw(language), lambda _: trial.empty(language), door, language)
    before_after.draw(language)
    breakdowns.draw(titles, language)
    with gr.Column(elem_classes="result-card models-card"):
        listed = gr.HTML(drawn[2])
        readme.draw(language, [told])
    live = [told, change, listed]
    refresh.click(now, outputs=live, api_visibility="private", queue=False)
    gr.on(None, now, outputs=live, api_visibility="private", queue=False)  # when the page opens
    return tab


def _change(language: Language) -> Markup:
    """Return how to choose other models, and what a larger one needs."""
    models, room = shelf(), larger.Room.here(shelf().settings.cache)
    loaded = {id for _, id in models.loaded()}
    more = larger.card(models.settings, room, Hardware.here(), loaded, language)
    try:
        current = models.choice("chat").profile
    except SamovarError:  # the card of answers says what is wrong
        current = ""
    return profile.card(current, language) + more
