"""The tool on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from samovar import catalog, html, zerogpu
from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.search import core, encyclopedia
from samovar.search import own as uploaded
from samovar.search.answer import Answered, answered
from samovar.search.card import card, value_said
from samovar.search.documents import corpus, filters
from samovar.search.endpoint import SECONDS
from samovar.search.passages.collection import Collection
from samovar.search.samples import PLAIN, SAMPLES, K
from samovar.search.uploads import loaded
from samovar.tool import Progress, Shown, Tab, Upload, Visit

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
MODE_HELP = Phrase(
    "BM25 ranks by shared words. Meaning is compared by embeddings: lists of numbers, near to each other "
    "where texts mean the same. A cross-encoder reads question and article together: slower, more exact.",
    "BM25 смотрит на общие слова. Смысл сравнивается по эмбеддингам — рядам чисел, близким у текстов об "
    "одном. Кросс-энкодер читает вопрос и статью вместе: медленнее, но точнее.",
)
MODES: dict[core.Mode, Phrase] = {
    "hybrid": Phrase("meaning and words", "смысл и слова"),
    "dense": Phrase("meaning", "смысл"),
    "bm25": Phrase("words (BM25)", "слова (BM25)"),
    "rerank": Phrase("meaning, words, cross-encoder", "смысл, слова, кросс-энкодер"),
}
CONDITIONS = Phrase("Conditions", "Условия")
CONDITIONS_HELP = Phrase(
    "On any field, separated by semicolons: year >= 1900; topic in art, space; topic != music",
    "На любые поля, через точку с запятой: year >= 1900; topic in art, space; topic != music",
)
OWN = Phrase("Search in your own documents", "Искать в своих документах")
OWN_FILES = Phrase("Files", "Файлы")
OWN_HELP = Phrase(
    "txt (a file is a document), md, html, docx and pdf (a section or page is one), jsonl, csv and tsv "
    "(a line is one: text, id, title, other fields to filter by); at most {files} files, {size} MB and "
    "{passages:,} passages. They are read once, kept for this session only and never stored.",
    "txt (файл — документ), md, html, docx и pdf (документ — раздел или страница), jsonl, csv и tsv "
    "(строка — документ: text, id, title, прочие поля для фильтра); не больше {files} файлов, {size} МБ "
    "и {passages:,} фрагментов. Файлы читаются один раз, действуют только в этом сеансе и не сохраняются.",
)
FINDS = Phrase(
    "{model} compares the meaning of questions and articles here, English and Russian alike.",
    "Смысл вопросов и статей, русских и английских, здесь сравнивает {model}.",
)
FINDS_WORDS = Phrase(
    "{model} compares meanings here and knows no English: English questions are found by their words.",
    "Смысл здесь сравнивает {model}, а русского она не знает: русские вопросы ищутся только по словам.",
)
SESSION_SECONDS = 3600
COUNT = Phrase("Articles", "Сколько статей")


def draw(language: Language) -> Tab:
    """Draw the input widgets."""
    query = gr.Textbox(
        label=QUERY.say(language),
        placeholder=HINT.say(language),
        max_lines=1,
        autofocus=False,
    )
    with gr.Row():
        topic = _choice(TOPIC, ANY, encyclopedia.values("topic"), language)
        articles = _choice(ARTICLES, ANY_LANGUAGE, encyclopedia.values("language"), language)
    conditions = gr.Textbox(
        label=CONDITIONS.say(language),
        info=CONDITIONS_HELP.say(language),
        max_lines=1,
    )
    reranks = shelf().offers("reranker")
    modes = [
        (said.say(language), name) for name, said in MODES.items() if reranks or name != "rerank"
    ]
    mode = gr.Radio(modes, value="hybrid", label=MODE.say(language), info=MODE_HELP.say(language))
    k = gr.Slider(1, 20, value=K, step=1, label=COUNT.say(language))
    inputs = {"query": query, "topic": topic, "articles": articles, "conditions": conditions}
    own = _own(language)
    return Tab(
        {**inputs, "mode": mode, "k": k, "own": own.held},
        answer,
        RUN,
        SECONDS,
        enter="query",
        unlinked=("own",),
        samples=tuple({**PLAIN, **sample} for sample in SAMPLES[language]),
        uploads=(own,),
        arguments={"filters": "conditions"},
    )


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    return card(read(shelf().settings, "search", language, Answered), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    # the first question also loads; its milliseconds would mislead
    encyclopedia.ask("warm-up", language)
    return to_json(_answered(Visit(language), **inputs))


def answer(
    visit: Visit,
    query: str,
    topic: str,
    articles: str,
    conditions: str,
    mode: str,
    k: float,
    own: Collection | None = None,
) -> Shown:
    """Search and return the card.

    Raises:
        SamovarError: an input breaks a rule, or the encoder cannot be loaded.
    """
    result = _answered(visit, query, topic, articles, conditions, mode, k, own)
    return card(result, visit.language)


def _answered(
    visit: Visit,
    query: str,
    topic: str,
    articles: str,
    conditions: str,
    mode: str,
    k: float,
    own: Collection | None = None,
) -> Answered:
    wanted = filters.written([line for line in conditions.split(";") if line.strip()])
    for name, value in (("topic", topic), ("language", articles)):
        if value:
            wanted[name] = {**wanted.get(name, {}), "in": [value]}
    return answered(query, k, visit.language, wanted, mode, visit.progress, own)


def _choice(
    label: Phrase, any_: Phrase, values: Sequence[tuple[str, int]], language: Language
) -> gr.Dropdown:
    """Draw a list of the field's values, each with the number of its articles."""
    options = sorted((f"{value_said(value, language)} · {n}", value) for value, n in values)
    shown = [(any_.say(language), ""), *options]
    return gr.Dropdown(shown, value="", label=label.say(language), filterable=False)


def _own(language: Language) -> Upload:
    """Draw the upload of a visitor's documents."""
    held = gr.State(None, time_to_live=SESSION_SECONDS)
    limits = {"files": uploaded.FILES, "size": uploaded.BYTES // 1_000_000}
    said = OWN_HELP.say(language, **limits, passages=uploaded.PASSAGES)
    with gr.Accordion(OWN.say(language), open=False):
        gr.HTML(html.tag("p", said, class_="quiet"))
        kinds = list(corpus.READERS)
        label = OWN_FILES.say(language)
        files = gr.File(label=label, file_types=kinds, file_count="multiple", height=120)
        told = gr.HTML("", elem_classes="notice-place")

    def read_all(paths: list[str], progress: Progress) -> tuple[Any, str]:
        own = uploaded.own([Path(path) for path in paths], shelf().retriever(), progress)
        return own, loaded(own, language)

    return Upload(held, files, told, read_all, uploaded.SECONDS)


def speaks(language: Language) -> Phrase:
    """Say what compares the meaning of questions in the language here."""
    model = shelf().choice("retriever").model
    title = catalog.title(model.base or model.id)
    return (FINDS if language in model.languages else FINDS_WORDS).filled(model=title)


def warm_up() -> None:
    """Load what a first answer waits for; on ZeroGPU the index is made by the first who borrows it."""
    shelf().retriever()
    if not zerogpu.here():
        encyclopedia.encyclopedia()
