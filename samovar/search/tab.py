"""The tool on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.records import to_json
from samovar.search import core, encyclopedia
from samovar.search.answer import Answered, answered
from samovar.search.card import card, value_said
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Search", "Поиск")
LEAD = Phrase(
    "Ask an encyclopedia in English or Russian and find articles in both; every hit shows how it "
    "ranked by its words and by its meaning.",
    "Спросите энциклопедию по-русски или по-английски и найдите статьи на обоих языках. У каждой "
    "видно её место и по словам, и по смыслу.",
)
RUN = Phrase("Search", "Найти")
QUERY = Phrase("Question or words", "Вопрос или слова")
HINT = Phrase(
    "How do bees tell each other where flowers are?", "Как пчёлы рассказывают друг другу о цветах?"
)
TOPIC = Phrase("Topic", "Тема")
ARTICLES = Phrase("Language of the articles", "Язык статей")
ANY = Phrase("any", "любая")
ANY_LANGUAGE = Phrase("any", "любой")
MODE = Phrase("Compare", "Сравнивать")
MODES: dict[core.Mode, Phrase] = {
    "hybrid": Phrase("meaning and words", "смысл и слова"),
    "dense": Phrase("meaning", "смысл"),
    "bm25": Phrase("words (BM25)", "слова (BM25)"),
}
COUNT = Phrase("Articles", "Сколько статей")
SAMPLES: dict[Language, tuple[Mapping[str, object], ...]] = {
    "en": (
        {"query": "Why did sailors lose their teeth on long voyages?"},
        {"query": "почему вымерла птица додо"},
        {"query": "metal that is lighter than steel", "topic": "chemistry"},
        {"query": "who sold Alaska to America"},
    ),
    "ru": (
        {"query": "Кто первым доказал, что врачам надо мыть руки?"},
        {"query": "Почему высохло море в Средней Азии?"},
        {"query": "каучук", "mode": "bm25"},
        {"query": "самая глубокая впадина океана", "articles": "en"},
    ),
}
K = 5
PLAIN: Mapping[str, object] = {"query": "", "topic": "", "articles": "", "mode": "hybrid", "k": K}


def draw(language: Language) -> Tab:
    """Draw the input widgets."""
    query = gr.Textbox(
        label=QUERY.say(language),
        placeholder=HINT.say(language),
        max_lines=1,
        max_length=2 * core.LONGEST,
        autofocus=False,
    )
    with gr.Row():
        topic = _choice(TOPIC, ANY, encyclopedia.values("topic"), language)
        articles = _choice(ARTICLES, ANY_LANGUAGE, LANGUAGES, language)
    modes = [(phrase.say(language), mode) for mode, phrase in MODES.items()]
    mode = gr.Radio(modes, value="hybrid", label=MODE.say(language))
    k = gr.Slider(1, 20, value=K, step=1, label=COUNT.say(language))
    return Tab(
        {"query": query, "topic": topic, "articles": articles, "mode": mode, "k": k},
        answer,
        RUN,
        enter="query",
        samples=tuple({**PLAIN, **sample} for sample in SAMPLES[language]),
    )


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    return card(read(shelf().settings, "search", language, Answered), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    encyclopedia.ask("warm-up")  # the first question also loads; its milliseconds would mislead
    return to_json(_answered(Visit(language), **inputs))


def answer(visit: Visit, query: str, topic: str, articles: str, mode: str, k: float) -> Shown:
    """Search and return the card.

    Raises:
        SamovarError: an input breaks a rule, or the encoder cannot be loaded.
    """
    return card(_answered(visit, query, topic, articles, mode, k), visit.language)


def _answered(visit: Visit, query: str, topic: str, articles: str, mode: str, k: float) -> Answered:
    wanted = {"topic": topic, "language": articles}
    filters = {name: value for name, value in wanted.items() if value}
    return answered(query, k, visit.language, filters, mode, visit.progress)


def _choice(label: Phrase, any_: Phrase, values: Sequence[str], language: Language) -> gr.Dropdown:
    options = sorted((value_said(value, language), value) for value in values)
    shown = [(any_.say(language), ""), *options]
    return gr.Dropdown(shown, value="", label=label.say(language), filterable=False)
