"""The tool on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.ner.card import card
from samovar.ner.core import Annotation, annotate
from samovar.ner.endpoint import AUTO, CHOICES, LIMIT, Order, checked
from samovar.ner.taggers import TAGGERS
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Names", "Имена")
LEAD = Phrase(
    "Several taggers look for people, places and organizations in one text, side by side; where "
    "they disagree is marked.",
    "Несколько моделей ищут в одном тексте людей, места и организации. Результаты стоят рядом, "
    "расхождения отмечены.",
)
TEXT = Phrase("English or Russian text", "Текст на русском или английском")
TAGGER_CHOICE = Phrase("Taggers", "Модели")
TAGGER_HELP = Phrase(
    "None ticked: those made for the language.",
    "Если не отмечено ничего, возьмём подходящие к языку.",
)
LANGUAGE = Phrase("Language of the text", "Язык текста")
LANGUAGE_TITLES = {
    AUTO: Phrase("detect", "определить"),
    "en": Phrase("English", "английский"),
    "ru": Phrase("Russian", "русский"),
}
RUN = Phrase("Find names", "Найти имена")
EN_SAMPLES = (
    "Gregory House works at Princeton-Plainsboro Teaching Hospital in New Jersey, "
    "and James Wilson grew up in Canada.",
    "On Monday Nokia, based in Espoo, hired former Siemens manager Hans Gruber for $2 million a year.",
    "Jordan plays chess in Jordan, and Paris Hilton has never been to Hilton in Paris.",
)
RU_SAMPLES = (
    "Маша Ковалёва переехала из Твери в Казань и устроилась в «Яндекс».",
    "Академик Пётр Капица работал в Кембридже у Резерфорда, а потом основал институт в Москве.",
)
SAMPLES: Mapping[Language, tuple[str, ...]] = {
    "en": (*EN_SAMPLES, RU_SAMPLES[0]),
    "ru": (*RU_SAMPLES, EN_SAMPLES[0]),
}


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    text = gr.Textbox(label=TEXT.say(language), lines=6, max_lines=16, max_length=LIMIT * 2)
    taggers = gr.CheckboxGroup(
        [(row.title.say(language), name) for name, row in TAGGERS.items()],
        label=TAGGER_CHOICE.say(language),
        info=TAGGER_HELP.say(language),
    )
    spoken = gr.Radio(
        [(LANGUAGE_TITLES[name].say(language), name) for name in CHOICES],
        value=AUTO,
        label=LANGUAGE.say(language),
    )
    return Tab(
        {"text": text, "taggers": taggers, "language": spoken},
        answer,
        RUN,
        stoppable=True,
        samples=tuple(
            {"text": sample, "taggers": [], "language": AUTO} for sample in SAMPLES[language]
        ),
    )


def answer(visit: Visit, text: str, taggers: list[str], language: str) -> Iterator[Shown]:
    """Yield the card each time a tagger has finished."""
    order = checked(text, taggers or None, language)
    result = Annotation(order.text, order.language, order.taggers, ())
    for result in annotated(order, visit):
        if len(result.findings) < len(result.taggers):
            yield card(result, visit.language, running=True)
    yield card(finished(result), visit.language)


def annotated(order: Order, visit: Visit) -> Iterator[Annotation]:
    """Yield the annotation as it grows, a tagger at a time."""
    found = annotate(
        order.text, order.taggers, order.language, progress=visit.progress, stop=visit.stop
    )
    result = Annotation(order.text, order.language, order.taggers, ())
    for finding in found:
        findings = (*result.findings, finding)
        result = Annotation(order.text, order.language, order.taggers, findings)
        yield result


def finished(result: Annotation) -> Annotation:
    """Return `result` without the taggers that a visitor's Stop cut off."""
    done = tuple(finding.tagger for finding in result.findings)
    asked = tuple(name for name in result.taggers if name in done)
    return Annotation(result.text, result.language, asked, result.findings)


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    return card(read(shelf().settings, "ner", language, Annotation), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    order = checked(inputs["text"], inputs["taggers"] or None, inputs["language"])
    list(annotated(order, Visit(language)))  # the first run also warms up: its times mislead
    *_, result = annotated(order, Visit(language))
    return to_json(result)
