"""Every tool refuses what it cannot take: it names the field as the page does, the rule and the value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import unescape
from typing import Any

import gradio as gr
import pytest

from samovar.phrases import LANGUAGES, Language
from samovar.tool import SLUGS, Tab
from samovar.ui.answering.desk import Desk
from samovar.ui.answering.door import Door
from samovar.ui.cards import trial
from samovar.ui.modules import module

TEXTS: Mapping[tuple[str, str], int] = {
    ("paraphrase", "text"): 600,
    ("paraphrase", "intent"): 100,
    ("search", "query"): 2_000,
    ("ner", "text"): 20_000,
    ("tokenizer", "text"): 20_000,
    ("tokenizer-continued", "sentence"): 600,
    ("character", "message"): 2_000,
    ("character-ways", "question"): 2_000,
    ("marketing", "sheet"): 4_000,
    ("trial", "prompt"): 4_000,
}
"""Text box → characters that it takes."""
OPTIONAL = {("paraphrase", "intent"), ("character-ways", "question")}
NUMBERS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("paraphrase", "n"): (1, 10),
    ("paraphrase", "seed"): (0, 2**31 - 1),
    ("search", "k"): (1, 100),
    ("character", "seed"): (0, 2**31 - 1),
    ("character-ways", "seed"): (0, 2**31 - 1),
    ("marketing", "n"): (1, 8),
    ("marketing", "seed"): (0, 2**31 - 1),
    ("trial", "tokens"): (trial.LEAST, trial.MOST),
    ("trial", "seed"): (0, 2**31 - 1),
}
CHOICES = [
    ("search", "mode"),
    ("ner", "taggers"),
    ("ner", "language"),
    ("character", "character"),
    ("marketing", "channel"),
    ("marketing", "tone"),
    ("trial", "model"),
]
VALUES: Mapping[str, Mapping[str, Any]] = {
    "paraphrase": {"intents": None},
    "search": {"own": None},
    "ner": {"gold": None},
    "tokenizer": {"file": None, "price": None, "ids": False, "found": []},
    "character": {"card": None},
    "character-ways": {"question": "Why?", "character": "house", "card": None, "seed": 0},
    "tokenizer-continued": {"sentence": "To drain a node"},
    "trial": {"prompt": "Hi.", "tokens": trial.USUAL, "seed": 0},
}
"""What the first sample of a tool leaves open."""


@cache
def drawn(language: Language) -> dict[str, Tab]:
    """Return every tool and fold that takes something of its own."""
    tabs: dict[str, Tab] = {}
    with gr.Blocks():
        for slug in SLUGS:
            tabs[slug] = module(slug).draw(language)
            for fold in tabs[slug].folds:
                tabs[f"{slug}-{fold.name}"] = fold.draw()
        tabs["trial"] = trial.draw(language)
    return tabs


def refusal(slug: str, spoken: Language, /, **bad: Any) -> tuple[str, Tab]:
    """Return what the page says when the inputs `bad` are sent, and the tab that was asked."""
    tab = drawn(spoken)[slug]
    first = tab.samples[0] if tab.samples else {}
    widgets = {name: widget.value for name, widget in tab.inputs.items()}
    inputs = {**widgets, **first, **VALUES.get(slug, {}), **bad}
    known = {"memory": None} if slug.startswith("character") else {}
    states = Desk(slug, tab, Door(1), spoken).stream(
        "visitor", inputs, lambda visit: tab.answer(visit, **inputs, **known)
    )
    *_, last = states
    said = unescape(re.sub("<[^>]*>", "", str(last[0])))
    assert "notice error" in str(last[0]), last[0]
    return said, tab


def clear(said: str, tab: Tab, name: str, language: Language, *parts: str) -> None:
    """Check that a refusal is in the language and names the field's label and all of `parts`."""
    label = tab.inputs[name].label
    quoted = f"«{label}»" if language == "ru" else f"“{label}”"
    assert quoted in said, said
    for part in parts:
        assert part in said, said
    assert "`" not in said and "None" not in said, said
    rest = said.replace(quoted, "")
    assert bool(re.search("[а-яё]{3}", rest)) == (language == "ru"), said


def count(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", "," if language == "en" else "\u00a0")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug, name", [box for box in TEXTS if box not in OPTIONAL])
def test_an_empty_text(slug, name, language):
    said, tab = refusal(slug, language, **{name: " \n"})
    clear(said, tab, name, language, "пусто" if language == "ru" else "is empty")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug, name", TEXTS)
def test_a_text_that_is_too_long(slug, name, language):
    limit = TEXTS[slug, name]
    said, tab = refusal(slug, language, **{name: "мы " * limit})
    clear(said, tab, name, language, count(limit, language), count(3 * limit, language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug, name", NUMBERS)
def test_a_number_out_of_range_with_a_fraction_or_missing(slug, name, language):
    low, high = NUMBERS[slug, name]
    for bad in (low - 1, high + 1):
        said, tab = refusal(slug, language, **{name: bad})
        shown = (low, high) if language == "en" else (count(low, language), count(high, language))
        clear(said, tab, name, language, str(bad), *map(str, shown))
    for bad in (low + 0.5, None):
        said, tab = refusal(slug, language, **{name: bad})
        shown = [] if bad is None else [str(bad)]
        clear(said, tab, name, language, count(low, language), count(high, language), *shown)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug, name", CHOICES)
def test_an_unknown_choice(slug, name, language):
    several = isinstance(drawn(language)[slug].inputs[name], gr.CheckboxGroup)
    said, tab = refusal(slug, language, **{name: ["magic"] if several else "magic"})
    clear(said, tab, name, language, '"magic"')
    options = [value for _, value in tab.inputs[name].choices]
    assert sum(str(option) in said for option in options) >= min(2, len(options)), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_price_below_nothing(language):
    said, tab = refusal("tokenizer", language, price=-1, text="kubectl")
    clear(said, tab, "price", language, "-1", "0")


CONDITIONS = [
    ("year > banana and foo", ("year", '"banana and foo"'), ("numbers", "числа")),
    ("colour = red", ("colour", "year"), ("fields are", "Есть поля")),
    ("year", ('"year"', ">="), ("field", "поле")),
    ("year >= ", ('"year >="',), ("value", "значение")),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written, parts, words", CONDITIONS)
def test_a_filter_that_makes_no_sense(written, parts, words, language):
    said, _ = refusal("search", language, conditions=written)
    for part in (*parts, words[LANGUAGES.index(language)]):
        assert part in said, said
    assert bool(re.search("[а-яё]{3}", said)) == (language == "ru"), said


def boxes() -> Iterator[tuple[Language, str, str, gr.Textbox]]:
    for language in LANGUAGES:
        for slug, tab in drawn(language).items():
            for name, widget in tab.inputs.items():
                if isinstance(widget, gr.Textbox):
                    yield language, slug, name, widget


def test_no_text_box_cuts_what_is_pasted():
    found = list(boxes())
    assert len(found) > 2 * len(SLUGS)
    assert [one[:3] for one in found if one[3].max_length is not None] == []


def test_no_number_is_refused_by_gradio_in_english():
    for language in LANGUAGES:
        for slug, tab in drawn(language).items():
            for name, widget in tab.inputs.items():
                if isinstance(widget, gr.Number):
                    free = (widget.minimum, widget.maximum, widget.precision)
                    assert free == (None, None, None), (slug, name)
