"""The tool on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter

import gradio as gr

from samovar.models.shelf import shelf
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.records import Cost
from samovar.search import card, core, corpus
from samovar.search.encyclopedia import ask
from samovar.search.example import Example
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
HINT = Phrase("What lives near black smokers?", "Кто живёт у чёрных курильщиков?")
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
        {"query": "How was the sea that dried up in Central Asia lost?"},
        {"query": "Почему в поездках моряки теряли зубы?"},
        {"query": "metal that is lighter than steel", "topic": "chemistry"},
        {"query": "Alaska sold by Russia", "articles": "ru"},
    ),
    "ru": (
        {"query": "Почему высохло море в Средней Азии?"},
        {"query": "кто первым доказал, что врачам надо мыть руки"},
        {"query": "каучук", "mode": "bm25"},
        {"query": "самая глубокая впадина океана", "articles": "en"},
    ),
}
PLAIN: Mapping[str, object] = {"topic": "", "articles": "", "mode": "hybrid", "k": 5}


def draw(language: Language) -> Tab:
    """Draw the input widgets."""
    query = gr.Textbox(
        label=QUERY.say(language),
        placeholder=HINT.say(language),
        max_lines=1,
        max_length=core.LONGEST,
        autofocus=False,
    )
    with gr.Row():
        topic = _choice(TOPIC, ANY, _topics(), language)
        articles = _choice(ARTICLES, ANY_LANGUAGE, LANGUAGES, language)
    modes = [(phrase.say(language), mode) for mode, phrase in MODES.items()]
    mode = gr.Radio(modes, value="hybrid", label=MODE.say(language))
    k = gr.Slider(1, 20, value=PLAIN["k"], step=1, label=COUNT.say(language))
    return Tab(
        {"query": query, "topic": topic, "articles": articles, "mode": mode, "k": k},
        _answerer(language),
        RUN,
        enter="query",
        samples=tuple({**PLAIN, **sample} for sample in SAMPLES[language]),
    )


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    shipped = Example.shipped(shelf().settings.assets, language)
    return card.card(shipped.query, shipped.hits, shipped.removed, "hybrid", language, shipped.cost)
