"""The tool on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import gradio as gr

from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tokenizer.card import card
from samovar.tokenizer.embeddings import embeddings
from samovar.tokenizer.endpoint import SECONDS
from samovar.tokenizer.result import LIMIT, Cut, cut
from samovar.tokenizer.terms import LISTS, LONGEST, MOST, shipped
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Tokenizer", "Токенизатор")
LEAD = Phrase(
    "Shows how the model cuts a text into tokens, and how many fewer it needs once your own terms "
    "are in its vocabulary.",
    "Показывает, на какие токены модель режет текст и сколько их останется, если добавить в словарь "
    "ваши термины.",
)
TEXT = Phrase("Text", "Текст")
TERMS = Phrase(
    "Your terms, one a line or with commas", "Ваши термины: через запятую или по строкам"
)
TERMS_HINT = Phrase("kubectl, smart contract", "ререндер, виртуальный DOM")
LIST = Phrase("Add a ready list", "Добавить готовый список")
NO_LIST = Phrase("none", "нет")
RUN = Phrase("Compare", "Сравнить")
ORDER: Mapping[Language, tuple[str, ...]] = {
    "en": ("kubernetes", "ethereum", "medicine", "finance", "react-ru"),
    "ru": ("react-ru", "kubernetes", "ethereum", "medicine", "finance"),
}


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    ready = gr.Dropdown(
        [(NO_LIST.say(language), ""), *((t.say(language), name) for name, t in LISTS.items())],
        value="",
        label=LIST.say(language),
        filterable=False,
    )
    terms = gr.Textbox(
        label=TERMS.say(language),
        placeholder=TERMS_HINT.say(language),
        lines=2,
        max_lines=6,
        max_length=MOST * (LONGEST + 2),
    )
    text = gr.Textbox(label=TEXT.say(language), lines=6, max_lines=16, max_length=LIMIT * 2)
    return Tab(
        {"list": ready, "terms": terms, "text": text},
        answer,
        RUN,
        SECONDS,
        samples=tuple(
            {"list": name, "terms": "", "text": shipped(name, shelf().settings).sample}
            for name in ORDER[language]
        ),
    )


def answer(visit: Visit, text: str, terms: str, **ready: str) -> Shown:
    """Return the card for the text, the terms typed and those of the list chosen."""
    return card(_cut(text, terms, ready["list"]), visit.language)


def _cut(text: str, terms: str, ready: str) -> Cut:
    chosen = shipped(ready, shelf().settings).terms if ready else ()
    return cut(text, [*typed(terms), *chosen])


def typed(terms: str) -> list[str]:
    r"""Return the terms of a text box.

    >>> typed("kubectl, smart contract\n\nEVM;")
    ['kubectl', 'smart contract', 'EVM']
    """
    parts = (part.strip() for part in re.split(r"[,;\n]", terms or ""))
    return [part for part in parts if part]


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    return card(read(shelf().settings, "tokenizer", language, Cut), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    _cut("warm-up", "", "")  # the first text also loads; its milliseconds would mislead
    return to_json(_cut(inputs["text"], inputs["terms"], inputs["list"]))


def warm_up() -> None:
    """Load what a first answer waits for."""
    embeddings()
