"""The tool on the page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from samovar import html
from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tokenizer import beginnings
from samovar.tokenizer.beside import vocabularies
from samovar.tokenizer.candidates import offered
from samovar.tokenizer.card import card
from samovar.tokenizer.embeddings import embeddings
from samovar.tokenizer.endpoint import SECONDS
from samovar.tokenizer.initial import INITIAL
from samovar.tokenizer.result import LIMIT, Cut, cut
from samovar.tokenizer.shown import stages
from samovar.tokenizer.shown.table import table
from samovar.tokenizer.side_by_side import side_by_side
from samovar.tokenizer.terms import LISTS, LONGEST, MOST, shipped
from samovar.tokenizer.texts import box, corpus
from samovar.tokenizer.texts.corpus import Corpus
from samovar.tool import Fold, Note, Progress, Shown, Tab, Upload, Visit

TITLE = Phrase("Tokenizer", "Токенизатор")
LEAD = Phrase(
    "Shows how the model cuts a text into tokens, and how many fewer it needs once your own terms "
    "are in its vocabulary.",
    "Показывает, на какие токены модель режет текст и сколько их останется, если добавить в словарь "
    "ваши термины.",
)
TEXT = Phrase("Text", "Текст")
TEXT_HINT = Phrase(
    "Type or paste a text: it is cut as you type.", "Введите или вставьте текст, он режется сразу."
)
FILE = Phrase("A text file instead", "Вместо этого текстовый файл")
FILE_HELP = Phrase(
    "txt, md or jsonl in UTF-8, at most {size} MB. It is counted whole, kept for this session only and "
    "never stored.",
    "txt, md или jsonl в UTF-8, не больше {size} МБ. Файл считается целиком, действует только в этом "
    "сеансе и не сохраняется.",
)
LOADED = Phrase(
    "{name}: {characters:,} characters, {words:,} words. It is counted in place of the text above until "
    "you remove it.",
    "{name}: знаков {characters:,}, слов {words:,}. Считается он, а не текст выше, пока вы его не "
    "уберёте.",
)
TERMS = Phrase(
    "Your terms, one a line or with commas", "Ваши термины: через запятую или по строкам"
)
TERMS_HINT = Phrase("kubectl, smart contract", "ререндер, виртуальный DOM")
LIST = Phrase("Insert a ready list", "Вставить готовый список")
NO_LIST = Phrase("none", "нет")
CASE = Phrase("Also Capitalised and UPPER", "Также С Заглавной и ПРОПИСНЫМИ")
FOUND = Phrase("Found in your text: tick what to add", "Найдено в тексте: отметьте, что добавить")
FOUND_HELP = Phrase(
    "How often × into how many pieces; the first ones would save most",
    "Сколько раз × на сколько кусочков; первые сэкономят больше всего",
)
PRICE = Phrase("Price of a million tokens", "Цена миллиона токенов")
IDS = Phrase("Ids below the pieces", "Номера под кусочками")
RUN = Phrase("Compare", "Сравнить")
SAMPLE = Phrase("Sample: {title}", "Пример: {title}")
BESIDE = Phrase("Several tokenizers side by side", "Несколько токенизаторов рядом")
BEGUN = Phrase("Where the vectors of your terms begin", "С чего начинаются векторы ваших терминов")
SHOW = Phrase("Show", "Показать")
HERE = Phrase("Tokenizers on this machine", "Токенизаторы на этой машине")
HUB = Phrase("Others, from the Hugging Face Hub", "Другие, с Hugging Face Hub")
HUB_HELP = Phrase(
    "owner/name, several with commas; only tokenizer.json is fetched",
    "владелец/имя, несколько через запятую; загружается только tokenizer.json",
)
ORDER: Mapping[Language, tuple[str, ...]] = {
    "en": ("kubernetes", "ethereum", "medicine", "finance", "react-ru"),
    "ru": ("react-ru", "kubernetes", "ethereum", "medicine", "finance"),
}
SESSION_SECONDS = 3600


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    text = gr.Textbox(
        label=TEXT.say(language),
        placeholder=TEXT_HINT.say(language),
        lines=6,
        max_lines=16,
        max_length=LIMIT * 2,
    )
    own = _file(language)
    terms, found, price = _terms(language)
    with gr.Row(elem_classes="switched"):
        case = gr.Checkbox(False, label=CASE.say(language), min_width=140)
        ids = gr.Checkbox(False, label=IDS.say(language), min_width=140)
    read_too = {"text": text, "terms": terms, "case": case, "file": own.held}
    return Tab(
        inputs={**read_too, "price": price, "ids": ids, "found": found},
        answer=answer,
        run=RUN,
        seconds=SECONDS,
        live=True,
        samples=tuple(_sample(name) for name in ORDER[language]),
        titles=tuple(SAMPLE.filled(title=LISTS[name]) for name in ORDER[language]),
        filled=("found",),
        unlinked=("file", "found"),
        uploads=(own,),
        folds=(
            Fold("beside", BESIDE, partial(_beside, language, read_too)),
            Fold("begun", BEGUN, lambda: Tab(read_too, begun, SHOW, SECONDS)),
        ),
        notes=(Note(stages.TITLE, _stages(language)),),
    )


def answer(
    visit: Visit,
    text: str,
    terms: str,
    case: bool,
    file: Corpus | None,
    price: float | None,
    ids: bool,
    found: list[str],
) -> Shown:
    """Return the card for the text or the file and the terms typed, and the terms found in it."""
    listed = box.typed(terms)
    result = cut(file or text, listed, case)
    shown = card(result, visit.language, price or 0, ids)
    choices = [(offered(one), one.term) for one in result.candidates]
    ticked = [term for _, term in choices if term in listed]
    group = gr.CheckboxGroup(choices=choices, value=ticked, visible=bool(choices))
    return Shown(shown.body, shown.cost, shown.downloads, inputs={"found": group})


def beside(
    visit: Visit,
    text: str,
    terms: str,
    case: bool,
    file: Corpus | None,
    here: list[str],
    hub: str,
) -> Shown:
    """Return the card of the text or file cut by the tokenizers ticked and those of the Hub."""
    names = [*here, *box.typed(hub)]
    return table(side_by_side(file or text, names, box.typed(terms), case), visit.language)


def begun(visit: Visit, text: str, terms: str, case: bool, file: Corpus | None) -> Shown:
    """Return the card of where the vectors of the terms begin, by each way."""
    found = beginnings.beginnings(file or text, box.typed(terms), case)
    return beginnings.card(found, visit.language)


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    return card(read(shelf().settings, "tokenizer", language, Cut), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    asked = (inputs["text"], box.typed(inputs["terms"]))
    cut(*asked)  # the first text also loads; its milliseconds would mislead
    return to_json(cut(*asked))


def warm_up() -> None:
    """Load what a first answer waits for."""
    embeddings()


def _sample(name: str) -> Mapping[str, Any]:
    ready = shipped(name, shelf().settings)
    return {"terms": ", ".join(ready.terms), "text": ready.sample, "case": False}


def _file(language: Language) -> Upload:
    """Draw the upload of a text file."""
    held = gr.State(None, time_to_live=SESSION_SECONDS)
    with gr.Accordion(FILE.say(language), open=False):
        said = FILE_HELP.say(language, size=corpus.BYTES // 1_000_000)
        gr.HTML(html.tag("p", said, class_="quiet"))
        kinds = list(corpus.READERS)
        file = gr.File(label=FILE.say(language), show_label=False, file_types=kinds, height=110)
        told = gr.HTML("", elem_classes="notice-place")

    def read_file(path: str, progress: Progress) -> tuple[Any, str]:
        loaded = corpus.taken(Path(path))
        sizes = {"characters": len(loaded.text), "words": len(loaded.text.split())}
        return loaded, html.tag("p", LOADED.say(language, name=loaded.name, **sizes), role="status")

    return Upload(held, file, told, read_file)


def _terms(language: Language) -> tuple[gr.Textbox, gr.CheckboxGroup, gr.Number]:
    """Draw the terms: the box that holds them all, what puts some into it, and what tokens cost."""
    terms = gr.Textbox(
        label=TERMS.say(language),
        placeholder=TERMS_HINT.say(language),
        lines=2,
        max_lines=6,
        max_length=MOST * (LONGEST + 2),
    )
    found = gr.CheckboxGroup(
        [],
        label=FOUND.say(language),
        info=FOUND_HELP.say(language),
        visible=False,
        interactive=True,
        elem_classes="found",
    )
    with gr.Row():
        options = [(NO_LIST.say(language), ""), *((t.say(language), n) for n, t in LISTS.items())]
        ready = gr.Dropdown(
            options, value="", label=LIST.say(language), filterable=False, min_width=140
        )
        price = gr.Number(None, minimum=0, label=PRICE.say(language), min_width=140)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    ready.input(_insert, [ready, terms], [ready, terms], **quiet)
    found.select(_tick, terms, terms, **quiet)
    return terms, found, price


def _stages(language: Language) -> Markup:
    titles = {name: way.title for name, way in INITIAL.items()}
    return stages.stages(stages.trained(), titles, language)


def _insert(name: str, terms: str) -> tuple[str, str]:
    return "", box.added(terms, shipped(name, shelf().settings).terms) if name else terms


def _tick(event: gr.SelectData, terms: str) -> str:
    change = box.added if event.selected else box.removed
    return change(terms, [str(event.value)])


def _beside(language: Language, read_too: Mapping[str, Any]) -> Tab:
    """Draw the choice of tokenizers; text, file and terms are those of the tool."""
    names = [(title, id) for id, title in vocabularies.here(shelf().settings).items()]
    here = gr.CheckboxGroup(names, label=HERE.say(language))
    hub = gr.Textbox(label=HUB.say(language), info=HUB_HELP.say(language), max_lines=1)
    return Tab({**read_too, "here": here, "hub": hub}, beside, RUN, SECONDS)
