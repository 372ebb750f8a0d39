"""The tool on the page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import gradio as gr
from markupsafe import Markup

from samovar import checks, html
from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import Cost, to_json
from samovar.tokenizer import beginnings
from samovar.tokenizer.beside import vocabularies
from samovar.tokenizer.card import card
from samovar.tokenizer.endpoint import SECONDS
from samovar.tokenizer.export import archive
from samovar.tokenizer.export.wish import Wish, export
from samovar.tokenizer.result import ENGINE, Cut, cut
from samovar.tokenizer.shown import labels, stages, taken
from samovar.tokenizer.shown.table import table
from samovar.tokenizer.shown.written import written
from samovar.tokenizer.side_by_side import side_by_side
from samovar.tokenizer.texts import box, corpus
from samovar.tokenizer.texts.candidates import offered
from samovar.tokenizer.texts.corpus import Corpus
from samovar.tokenizer.texts.terms import LISTS, shipped
from samovar.tokenizer.trained import continuation
from samovar.tokenizer.vocabulary.embeddings import embedded_model, embeddings
from samovar.tokenizer.vocabulary.initial import INITIAL
from samovar.tool import Fold, Note, Progress, Shown, Tab, Upload, Visit

TITLE = Phrase("Tokenizer", "Токенизатор")
LEAD = Phrase(
    "Shows how the model cuts a text into tokens, and how many fewer it needs once your own terms "
    "are in its vocabulary.",
    "Показывает, на какие токены модель режет текст и сколько их останется, если добавить в словарь "
    "ваши термины.",
)
ORDER: Mapping[Language, tuple[str, ...]] = {
    "en": ("kubernetes", "ethereum", "medicine", "finance", "react-ru"),
    "ru": ("react-ru", "kubernetes", "ethereum", "medicine", "finance"),
}
VOCABULARY = Phrase("The vocabulary is that of {model}.", "Словарь здесь — модели {model}.")
FOREIGN = Phrase(
    "The vocabulary is that of {model}, which learnt other languages: English is cut into smaller tokens.",
    "Словарь здесь — модели {model}. Она училась на английском, поэтому русские слова режет мельче: на "
    "них термины экономят больше всего.",
)
SESSION_SECONDS = 3600


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    text = gr.Textbox(
        label=labels.TEXT.say(language),
        placeholder=labels.TEXT_HINT.say(language),
        lines=6,
        max_lines=16,
    )
    own = _file(language)
    terms, found, price = _terms(language)
    with gr.Row(elem_classes="switched"):
        case = gr.Checkbox(False, label=labels.CASE.say(language), min_width=140)
        ids = gr.Checkbox(False, label=labels.IDS.say(language), min_width=140)
    read_too = {"text": text, "terms": terms, "case": case, "file": own.held}
    return Tab(
        inputs={**read_too, "price": price, "ids": ids, "found": found},
        answer=answer,
        run=labels.RUN,
        seconds=SECONDS,
        live=True,
        samples=tuple(_sample(name) for name in ORDER[language]),
        titles=tuple(labels.SAMPLE.filled(title=LISTS[name]) for name in ORDER[language]),
        filled=("found",),
        unlinked=("file", "found"),
        uploads=(own,),
        folds=(
            Fold("beside", labels.BESIDE, partial(_beside, language, read_too)),
            Fold("begun", labels.BEGUN, lambda: Tab(read_too, begun, labels.SHOW, SECONDS)),
            *_trained(language),
            Fold("taken", labels.TAKE, partial(_take, language, read_too)),
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
    shown = card(result, visit.language, checks.amount(price, "price"), ids)
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
    memory: None = None,
) -> Shown:
    """Return the card of the text or file cut by the tokenizers ticked and those of the Hub."""
    names = [*here, *box.typed(hub)]
    return table(side_by_side(file or text, names, box.typed(terms), case), visit.language)


def begun(
    visit: Visit, text: str, terms: str, case: bool, file: Corpus | None, memory: None = None
) -> Shown:
    """Return the card of where the vectors of the terms begin, by each way."""
    found = beginnings.beginnings(file or text, box.some(terms), case)
    return beginnings.card(found, visit.language)


def take(
    visit: Visit,
    text: str,
    terms: str,
    case: bool,
    file: Corpus | None,
    way: str,
    memory: None = None,
) -> Shown:
    """Return the card with the exported folder, and how to use it."""
    texts = tuple((file or Corpus("", text)).parts())
    wish = Wish(terms=tuple(box.some(terms)), case=case, initial=way, texts=texts)
    began = perf_counter()
    with TemporaryDirectory() as draft:
        folder = Path(draft) / taken.NAME
        told = export(wish, folder, shelf().settings, visit.language)
        packed = archive.packed(folder)
    cost = Cost((perf_counter() - began) * 1000, embedded_model().title, ENGINE)
    return taken.card(told.extension.ids, packed, wish.terms, way, cost, visit.language)


def continued(visit: Visit, sentence: str, memory: None = None) -> Shown:
    """Return the card of what the base and the trained model write after the sentence."""
    return written(continuation.continued(sentence, visit.stop), visit.language)


def example(language: Language) -> Shown:
    """Return the answered example that ships with the app."""
    return card(read(shelf().settings, "tokenizer", language, Cut), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    asked = (inputs["text"], box.typed(inputs["terms"]))
    cut(*asked)  # the first text also loads; its milliseconds would mislead
    return to_json(cut(*asked))


def speaks(language: Language) -> Phrase:
    """Say whose vocabulary cuts texts in the language here."""
    model = embedded_model()
    return (VOCABULARY if language in model.languages else FOREIGN).filled(model=model.title)


def warm_up() -> None:
    """Load what a first answer waits for."""
    embeddings()


def _sample(name: str) -> Mapping[str, Any]:
    ready = shipped(name, shelf().settings)
    return {"terms": ", ".join(ready.terms), "text": ready.sample, "case": False}


def _file(language: Language) -> Upload:
    """Draw the upload of a text file."""
    held = gr.State(None, time_to_live=SESSION_SECONDS)
    with gr.Accordion(labels.FILE.say(language), open=False):
        said = labels.FILE_HELP.say(language, size=corpus.BYTES // 1_000_000)
        gr.HTML(html.tag("p", said, class_="quiet"))
        kinds = list(corpus.READERS)
        file = gr.File(
            label=labels.FILE.say(language), show_label=False, file_types=kinds, height=110
        )
        told = gr.HTML("", elem_classes="notice-place")

    def read_file(path: str, progress: Progress) -> tuple[Any, str]:
        loaded = corpus.taken(Path(path))
        sizes = {"characters": len(loaded.text), "words": len(loaded.text.split())}
        return loaded, html.notice(labels.LOADED.say(language, name=loaded.name, **sizes), "hint")

    return Upload(held, file, told, read_file)


def _terms(language: Language) -> tuple[gr.Textbox, gr.CheckboxGroup, gr.Number]:
    """Draw the terms: the box that holds them all, what puts some into it, and what tokens cost."""
    terms = gr.Textbox(
        label=labels.TERMS.say(language),
        placeholder=labels.TERMS_HINT.say(language),
        lines=2,
        max_lines=6,
    )
    found = gr.CheckboxGroup(
        [],
        label=labels.FOUND.say(language),
        info=labels.FOUND_HELP.say(language),
        visible=False,
        interactive=True,
        elem_classes="found",
    )
    with gr.Row():
        options = [
            (labels.NO_LIST.say(language), ""),
            *((t.say(language), n) for n, t in LISTS.items()),
        ]
        ready = gr.Dropdown(
            options, value="", label=labels.LIST.say(language), filterable=False, min_width=140
        )
        price = gr.Number(None, label=labels.PRICE.say(language), min_width=140)
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
    ready.input(_insert, [ready, terms], [ready, terms], **quiet)
    found.select(_tick, terms, terms, **quiet)
    return terms, found, price


def _take(language: Language, read_too: Mapping[str, Any]) -> Tab:
    """Draw the choice of how the vectors begin; all else is that of the tool."""
    gr.HTML(html.tag("p", labels.TAKE_HELP.say(language), class_="quiet"))
    ways = [(way.title.say(language), name) for name, way in INITIAL.items()]
    label = labels.INITIAL_ROWS.say(language)
    way = gr.Dropdown(ways, value=ways[0][1], label=label, filterable=False)
    return Tab({**read_too, "way": way}, take, labels.MAKE, SECONDS)


def _trained(language: Language) -> list[Fold]:
    """Return the fold of the trained vocabulary, none where it is not here."""
    if continuation.place(shelf().settings) is None:
        return []
    return [Fold("continued", labels.CONTINUED, partial(_continued, language))]


def _continued(language: Language) -> Tab:
    """Draw the sentence that both continue."""
    label = labels.SENTENCE.say(language)
    sentence = gr.Textbox(label=label, max_lines=3)
    samples = tuple({"sentence": one} for one in labels.SENTENCES)
    inputs = {"sentence": sentence}
    return Tab(inputs, continued, labels.WRITE, SECONDS, stoppable=True, samples=samples)


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
    here = gr.CheckboxGroup(names, label=labels.HERE.say(language))
    hub = gr.Textbox(
        label=labels.HUB.say(language), info=labels.HUB_HELP.say(language), max_lines=1
    )
    return Tab({**read_too, "here": here, "hub": hub}, beside, labels.RUN, SECONDS)
