"""The marketing tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from samovar.examples import read
from samovar.marketing.card import card, verdict
from samovar.marketing.channels import ALL, TITLES, VOICES
from samovar.marketing.core import Campaign
from samovar.marketing.endpoint import MOST, SECONDS, campaign, edited, prepare, shipped
from samovar.marketing.facts.brief import TONES, Brief
from samovar.marketing.sheet_form import LABELS, fields, opened, written
from samovar.marketing.texts import sheets
from samovar.marketing.writers import GET_RUSSIAN, NO_RUSSIAN
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language, Phrase, joined
from samovar.records import to_json
from samovar.tool import Also, Edits, Form, Judged, Shown, Tab, Visit

TITLE = Phrase("Marketing", "Реклама")
LEAD = Phrase(
    "Writes advertising texts from a product sheet and marks every number and claim that the sheet "
    "does not back; you edit them where they stand.",
    "Пишет рекламные тексты по карточке товара и отмечает каждое число и обещание, которых в ней "
    "нет; тексты правятся на месте.",
)
SHEET = Phrase("Product sheet", "Карточка товара")
SHEET_HELP = Phrase(
    "Paste it as it is; how it was read stands in the form below.",
    "Вставьте как есть; как она прочитана, видно в форме ниже.",
)
HINT = Phrase(
    "Tundra Flask\nHolds 1.5 litres. Weighs 350 grams.\nPrice: EUR 40",
    "Термос «Тундра»\nВмещает 1,5 литра. Весит 350 граммов.\nЦена: 2 900 ₽",
)
READ_AS = Phrase("The sheet as a form", "Карточка в виде формы")
NAMES: Mapping[str, Phrase] = {
    "name": Phrase("Name", "Название"),
    "audience": Phrase("For whom", "Для кого"),
    "facts": Phrase("Facts, one a line", "Факты, по одному в строке"),
    "benefits": Phrase("Benefits, one a line", "Польза, по одной в строке"),
    "price": Phrase("Price with its condition", "Цена с условием"),
    "forbidden": Phrase("Must not be said, one a line", "Нельзя говорить, по одному в строке"),
}
CHANNEL = Phrase("Channel", "Канал")
TONE = Phrase("Tone", "Тон")
N = Phrase("Texts", "Текстов")
SEED = Phrase("Seed", "Номер варианта")
SEED_HELP = Phrase("Another number, other texts", "Другое число — другие тексты")
WRITES = Phrase(
    "Texts for English sheets are written here by {model}.",
    "Тексты по русским карточкам здесь пишет {model}.",
)
RUN = Phrase("Write", "Написать")
EVERY = Phrase("In all four tones", "В четырёх тонах")
SAMPLES: dict[Language, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("tp-pulsewatch", "post", "friendly"),
        ("kettle-brivona", "ad", "bold"),
        ("tp-traindeck", "email", "expert"),
    ),
    "ru": (
        ("tp-teplouchet-ru", "post", "plain"),
        ("thermos-ru-severok", "ad", "friendly"),
        ("tutor-ru-formula", "email", "expert"),
    ),
}
"""Sheet, channel and tone of each."""


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    known = [_sheet(id) for id, _, _ in SAMPLES[language]]
    sheet = gr.Textbox(
        label=SHEET.say(language),
        info=SHEET_HELP.say(language),
        placeholder=HINT.say(language),
        lines=5,
        max_lines=10,
    )
    form = _form(known[0], language)
    with gr.Row():
        _, where, voice = SAMPLES[language][0]
        channel = _choice(CHANNEL, TITLES, where, language)
        tone = _choice(TONE, VOICES, voice, language)
    with gr.Row():
        n = gr.Slider(1, MOST, value=3, step=1, label=N.say(language))
        seed = gr.Number(0, label=SEED.say(language), info=SEED_HELP.say(language))
    return Tab(
        {"sheet": sheet, "channel": channel, "tone": tone, "n": n, "seed": seed},
        answer,
        RUN,
        SECONDS,
        also=Also(EVERY, {"tone": ALL, "n": len(TONES)}),
        stoppable=True,
        samples=tuple(
            {"sheet": written(brief, language), "channel": where, "tone": voice, "n": 3, "seed": 0}
            for brief, (_, where, voice) in zip(known, SAMPLES[language], strict=True)
        ),
        titles=tuple(Phrase(brief.name, brief.name) for brief in known),
        form=form,
        edits=Edits(judge, SECONDS // 5),
    )


def answer(visit: Visit, sheet: str, channel: str, tone: str, n: int, seed: int) -> Iterator[Shown]:
    """Yield the card while the texts grow."""
    for state in campaign(sheet, channel, tone, n, seed, visit.stop):
        yield card(state, visit.language, sheet)


def judge(visit: Visit, text: Any, given: Mapping[str, Any]) -> Judged:
    """Return what is found of a text that was edited; `given` names its sheet, channel and tone."""
    sheet, channel, tone = (given.get(name) for name in ("sheet", "channel", "tone"))
    copy, form = edited(text, sheet, channel, tone)
    return verdict(copy, str(channel), form, visit.language)


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    made = read(shelf().settings, "marketing", language, Campaign)
    of = next((one for one in shipped().values() if one.name == made.product), None)
    brief = of or _sheet(SAMPLES[language][0][0])
    return card(made, language, written(brief, brief.language or language))


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    list(campaign(**inputs))  # the first run also warms up: its time misleads
    *_, last = campaign(**inputs)
    return to_json(last)


def _form(brief: Brief, language: Language) -> Form:
    """Draw the form that opens from the sheet, filled with `brief`."""
    drawn = []
    with gr.Accordion(READ_AS.say(language), open=False, elem_classes="sheet-form") as block:
        for name, value in zip(LABELS, fields(brief), strict=True):
            several = name in ("facts", "benefits", "forbidden")
            least, most = (2, 8) if several else (1, 1)
            label = NAMES[name].say(language)
            drawn.append(gr.Textbox(value, label=label, lines=least, max_lines=most))
    labels = [(label.say(language), between) for label, between in LABELS.values()]
    return Form("sheet", block, drawn, labels, opened)


def _sheet(id: str) -> Brief:
    """Return a shipped sheet, one of those that texts are learned from included."""
    known = shipped()
    return known[id] if id in known else sheets(shelf().settings.data)[id]


def _choice(
    label: Phrase, titles: Mapping[str, Phrase], value: str, language: Language
) -> gr.Dropdown:
    shown = [(title.say(language), name) for name, title in titles.items()]
    return gr.Dropdown(shown, value=value, label=label.say(language), filterable=False)


def speaks(language: Language) -> Phrase:
    """Say who writes in the language here."""
    models = [shelf().base("").model, shelf().base("marketing").model]
    writer = next((model for model in models if language in model.languages), None)
    if writer is None:
        return joined(NO_RUSSIAN.filled(model=models[0].title), GET_RUSSIAN)
    return WRITES.filled(model=writer.title)


def warm_up() -> None:
    """Load what a first answer waits for."""
    for language in LANGUAGES:
        prepare(_sheet(SAMPLES[language][0][0]), language)
