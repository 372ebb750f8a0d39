"""The marketing tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from samovar.examples import read
from samovar.marketing.brief import CHANNELS, TONES, read_sheets
from samovar.marketing.card import body, downloads
from samovar.marketing.core import Texts
from samovar.marketing.endpoint import LIMIT, MOST, texts
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Marketing", "Реклама")
LEAD = Phrase(
    "Writes advertising texts for a product and marks whatever its sheet does not say.",
    "Пишет рекламные тексты о товаре и помечает всё, чего нет в его карточке.",
)
PRODUCT = Phrase("Product", "Товар")
OWN = Phrase("Your own sheet below", "Своя карточка ниже")
SHEET = Phrase("Your own product sheet", "Своя карточка товара")
SHEET_HELP = Phrase(
    "Used instead of the product above when it is filled in.",
    "Если заполнена, заменяет выбранный товар. Для русских текстов нужен `make setup-ru`.",
)
SHEET_FORM = Phrase(
    "Name: Lumeno Arc\nFor: students\nFacts:\n- Gives 800 lumens.\nPrice: EUR 72\n"
    "Forbidden: that it improves eyesight",
    "Название: Lumeno Arc\nДля: студенты\nФакты:\n- Даёт 800 люмен.\nЦена: 72 евро\n"
    "Нельзя: что она улучшает зрение",
)
CHANNEL = Phrase("Channel", "Канал")
TONE = Phrase("Tone", "Тон")
N = Phrase("Texts", "Сколько текстов")
SEED = Phrase("Seed", "Зерно")
RUN = Phrase("Write", "Написать")
SAMPLES = (
    ("kettle-brivona", "post", "friendly"),
    ("tp-pulsewatch", "ad", "formal"),
    ("backpack-kestrelway", "slogan", "bold"),
)


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    sheets = read_sheets(shelf().settings.data)
    products = [(OWN.say(language), ""), *((row.name, id) for id, row in sheets.items())]
    product = gr.Dropdown(products, value=SAMPLES[0][0], label=PRODUCT.say(language))
    sheet = gr.Textbox(
        label=SHEET.say(language),
        info=SHEET_HELP.say(language),
        placeholder=SHEET_FORM.say(language),
        lines=3,
        max_length=LIMIT,
    )
    rows = [(row.title.say(language), name) for name, row in CHANNELS.items()]
    tones = [(row.title.say(language), name) for name, row in TONES.items()]
    with gr.Row():
        channel = gr.Dropdown(rows, value="post", label=CHANNEL.say(language))
        tone = gr.Dropdown(tones, value="neutral", label=TONE.say(language))
    with gr.Row():
        n = gr.Slider(1, MOST, value=3, step=1, label=N.say(language))
        seed = gr.Number(0, precision=0, minimum=0, label=SEED.say(language))
    names = ("product", "sheet", "channel", "tone", "n", "seed")
    return Tab(
        inputs=dict(zip(names, (product, sheet, channel, tone, n, seed), strict=True)),
        answer=answer,
        run=RUN,
        stoppable=True,
        samples=tuple(dict(zip(names, (p, "", c, t, 3, 0), strict=True)) for p, c, t in SAMPLES),
    )


def answer(
    visit: Visit, product: str, sheet: str, channel: str, tone: str, n: int, seed: int
) -> Iterator[Shown]:
    """Yield the card of the texts while they grow."""
    said = sheet if sheet.strip() else product
    for one in texts(said, channel, tone, n, seed, visit.stop):
        yield Shown(body(one, visit.language), one.cost, downloads(one) if one.cost else ())


def example(language: Language) -> Shown:
    """Return the answered example."""
    shipped = read(shelf().settings, "marketing", language, Texts)
    return Shown(body(shipped, language), shipped.cost, downloads(shipped))


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    asked = (inputs["sheet"] or inputs["product"], inputs["channel"], inputs["tone"])
    *_, last = texts(*asked, inputs["n"], inputs["seed"])
    return to_json(last)
