"""The marketing tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from samovar.examples import read
from samovar.marketing.card import card
from samovar.marketing.core import Campaign
from samovar.marketing.endpoint import LIMIT, MOST, SECONDS, campaign, shipped
from samovar.marketing.facts.brief import CHANNELS, TONES
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Marketing", "Реклама")
LEAD = Phrase(
    "Writes advertising texts from a product sheet and marks every number and claim that the sheet "
    "does not back.",
    "Пишет рекламные тексты по карточке товара и отмечает каждое число и обещание, которых в ней "
    "нет.",
)
PRODUCT = Phrase("Product", "Товар")
OWN = Phrase("Own product sheet (English)", "Своя карточка товара (на английском)")
OWN_HELP = Phrase(
    "Used instead of the product above when it is filled in.",
    "Если заполнить, используется вместо выбранного товара.",
)
OWN_HINT = Phrase(
    "Name: …\nAudience: …\nFacts: … . … .\nBenefits: …; …\nPrice: …\nForbidden: …; …",
    "Name: …\nAudience: …\nFacts: … . … .\nBenefits: …; …\nPrice: …\nForbidden: …; …",
)
CHANNEL = Phrase("Channel", "Канал")
TONE = Phrase("Tone", "Тон")
N = Phrase("Texts", "Сколько текстов")
SEED = Phrase("Seed", "Зерно")
RUN = Phrase("Write", "Написать")
SAMPLES = (
    ("tp-pulsewatch", "post", "friendly"),
    ("kettle-brivona", "ad", "bold"),
    ("tp-traindeck", "email", "formal"),
)


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    titles = [(brief.name, id) for id, brief in shipped().items()]
    product = gr.Dropdown(titles, value=SAMPLES[0][0], label=PRODUCT.say(language))
    sheet = gr.Textbox(
        label=OWN.say(language),
        info=OWN_HELP.say(language),
        placeholder=OWN_HINT.say(language),
        lines=4,
        max_lines=14,
        max_length=LIMIT * 2,
    )
    with gr.Row():
        channel = _choice(CHANNEL, {k: row.title for k, row in CHANNELS.items()}, "post", language)
        tone = _choice(TONE, TONES, "neutral", language)
    with gr.Row():
        n = gr.Slider(1, MOST, value=3, step=1, label=N.say(language))
        seed = gr.Number(0, precision=0, minimum=0, label=SEED.say(language))
    return Tab(
        {
            "product": product,
            "sheet": sheet,
            "channel": channel,
            "tone": tone,
            "n": n,
            "seed": seed,
        },
        answer,
        RUN,
        SECONDS,
        stoppable=True,
        samples=tuple(
            {"product": id, "sheet": "", "channel": where, "tone": voice, "n": 3, "seed": 0}
            for id, where, voice in SAMPLES
        ),
    )


def answer(
    visit: Visit, product: str, sheet: str, channel: str, tone: str, n: int, seed: int
) -> Iterator[Shown]:
    """Yield the card while the texts grow."""
    for state in campaign(source(product, sheet), channel, tone, n, seed, visit.stop):
        yield card(state, visit.language)


def source(product: str, sheet: str) -> str:
    """Return the visitor's own sheet, or the chosen product when there is none."""
    return sheet if sheet.strip() else product


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    return card(read(shelf().settings, "marketing", language, Campaign), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    given = dict(inputs)
    said = source(given.pop("product"), given.pop("sheet"))
    list(campaign(said, **given))  # the first run also warms up: its time misleads
    *_, last = campaign(said, **given)
    return to_json(last)


def _choice(
    label: Phrase, titles: Mapping[str, Phrase], value: str, language: Language
) -> gr.Dropdown:
    shown = [(title.say(language), name) for name, title in titles.items()]
    return gr.Dropdown(shown, value=value, label=label.say(language), filterable=False)


def warm_up() -> None:
    """Load what a first answer waits for."""
    shelf().chat_of("marketing")
