"""The tool on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from samovar import html
from samovar.examples import read
from samovar.files.source import uploaded
from samovar.models.shelf import shelf
from samovar.ner import score_card
from samovar.ner.annotated import gold as gold_file
from samovar.ner.annotated.gold import LARGEST, MOST, Annotated
from samovar.ner.card import card
from samovar.ner.core import Annotation, annotate
from samovar.ner.endpoint import AUTO, CHOICES, LIMIT, SECONDS, Order, checked
from samovar.ner.score import Score, chosen, scores
from samovar.ner.tagging.taggers import KINDS, TAGGERS, defaults
from samovar.phrases import LANGUAGES, Language, Phrase
from samovar.records import to_json
from samovar.tool import Progress, Shown, Tab, Upload, Visit

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
    "None ticked: {en} for English, {ru} for Russian. CRF learns from features of words and is fastest; "
    "LoRA is a small file of weights that taught a language model this task.",
    "Если не отмечено ничего: для русского {ru}, для английского {en}. CRF учится по признакам слов и "
    "быстрее всех; "
    "LoRA — небольшой файл весов, который научил языковую модель этой задаче.",
)
CHOICE = Phrase("{kind}: {title} ({spoken})", "{kind}: {title} ({spoken})")
BESIDE_KIND = {
    "spacy-own": Phrase("spaCy", "spaCy"),
    "llm-tuned": Phrase("with LoRA", "с LoRA"),
    "llm": Phrase("not trained for this", "без обучения"),
}
"""Titles that need not say again what their kind says."""
LANGUAGE = Phrase("Language of the text", "Язык текста")
LANGUAGE_TITLES = {
    AUTO: Phrase("detect", "определить"),
    "en": Phrase("English", "английский"),
    "ru": Phrase("Russian", "русский"),
}
GOLD = Phrase("Score on your own data", "Оценка на своих данных")
GOLD_FILE = Phrase("Texts with gold labels", "Тексты с верной разметкой")
GOLD_HELP = Phrase(
    "CoNLL columns (a word and its tag a line: B- begins a name, I- goes on, O is none) or JSON Lines with "
    "text and spans; at most {most:,} texts of {limit:,} characters, {size} MB. The file is read once, "
    "kept for this session only and never "
    "stored. Every ticked tagger is scored on it; none ticked: those made for its languages.",
    "Столбцы CoNLL (слово и метка в строке: B- начинает имя, I- продолжает, O — не имя) или строки JSON с "
    "полями text и spans; не больше {most:,} текстов по {limit:,} знаков, {size} МБ. Файл читается один "
    "раз, действует только в этом сеансе и "
    "не сохраняется. Оцениваются отмеченные модели, а если не отмечено ничего — подходящие к языкам.",
)
ENDINGS = (".conll", ".conllu", ".txt", ".tsv", ".iob", ".bio", ".jsonl", ".json")
SESSION_SECONDS = 3600
LONGEST = 120
"""GPU seconds for a file, however long: ZeroGPU may end it then, and what was scored stays shown."""
TAGGED = Phrase(
    "English texts are tagged here by {taggers}.", "Русские тексты здесь размечают: {taggers}."
)
UNTAGGED = Phrase(
    "No tagger of English texts is here. Install the packages of requirements.txt, or get the folder assets.",
    "Моделей для русских текстов здесь нет. Установите пакеты из requirements.txt или возьмите папку assets.",
)
RUN = Phrase("Find names", "Найти имена")
EN_SAMPLES = (
    "Marie Curie left Warsaw for Paris and taught at the Sorbonne.",
    "On Monday Nokia, based in Espoo, hired former Siemens manager Hans Gruber for $2 million a year.",
    "Jordan plays chess in Jordan, and Paris Hilton has never been to Hilton in Paris.",
)
RU_SAMPLES = (
    "Маша Ковалёва переехала из Твери во Владимир и устроилась в «Яндекс».",
    "Академик Пётр Капица работал в Кембридже у Резерфорда, а потом основал институт в Москве.",
    "Анна Герман родилась в Ургенче, пела в Варшаве, а её пластинки выпускала «Мелодия».",
)
SAMPLES: Mapping[Language, tuple[str, ...]] = {
    "en": (*EN_SAMPLES, RU_SAMPLES[0]),
    "ru": RU_SAMPLES,
}


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    text = gr.Textbox(label=TEXT.say(language), lines=6, max_lines=16)
    taggers = gr.CheckboxGroup(
        _choices(language),
        elem_classes="tagger-choice",
        label=TAGGER_CHOICE.say(language),
        info=TAGGER_HELP.say(
            language, **{spoken: _listed(spoken).say(language) for spoken in LANGUAGES}
        ),
    )
    spoken = gr.Radio(
        [(LANGUAGE_TITLES[name].say(language), name) for name in CHOICES],
        value=AUTO,
        label=LANGUAGE.say(language),
    )
    gold = _gold(language)
    return Tab(
        {"text": text, "taggers": taggers, "language": spoken, "gold": gold.held},
        answer,
        RUN,
        seconds,
        stoppable=True,
        unlinked=("gold",),
        uploads=(gold,),
        samples=tuple(
            {"text": sample, "taggers": [], "language": AUTO} for sample in SAMPLES[language]
        ),
    )


def _choices(language: Language) -> list[tuple[str, str]]:
    """Return the taggers here by kind, each with the languages that it is good for."""
    rows = sorted(
        ((name, row) for name, row in TAGGERS.items() if row.present()),
        key=lambda named: list(KINDS).index(named[1].kind),
    )
    return [
        (
            CHOICE.say(
                language,
                kind=KINDS[row.kind],
                title=BESIDE_KIND.get(name, row.title),
                spoken=", ".join(row.languages),
            ),
            name,
        )
        for name, row in rows
    ]


def answer(
    visit: Visit,
    text: str,
    taggers: list[str],
    language: str,
    gold: Sequence[Annotated] | None = None,
) -> Iterator[Shown]:
    """Yield the card each time a tagger has finished, of the visitor's file when there is one."""
    if gold:
        yield from _scored(visit, taggers, gold)
        return
    order = checked(text, taggers or None, language)
    result = Annotation(order.text, order.language, order.taggers, ())
    for result in annotated(order, visit):
        if len(result.findings) < len(result.taggers):
            yield card(result, visit.language, running=True)
    yield card(finished(result), visit.language)


def seconds(visit: Visit, gold: Sequence[Annotated] | None = None, **inputs: object) -> int:
    """Return the GPU seconds of `answer` for the same inputs: a file takes longer than a text."""
    return min(SECONDS + len(gold or ()), LONGEST)


def _scored(visit: Visit, taggers: list[str], gold: Sequence[Annotated]) -> Iterator[Shown]:
    asked = chosen(",".join(taggers) if taggers else None, gold)
    done: list[Score] = []
    yield score_card.card(done, asked, gold, visit.language)
    for result in scores(gold, asked, progress=visit.progress, stop=visit.stop):
        done.append(result)
        yield score_card.card(done, asked, gold, visit.language)
    if done and len(done) < len(asked):  # stopped: what was scored counts
        yield score_card.card(done, [result.tagger for result in done], gold, visit.language)


def _gold(language: Language) -> Upload:
    """Draw the upload of a file with gold labels."""
    held = gr.State(None, time_to_live=SESSION_SECONDS)
    said = GOLD_HELP.say(language, most=MOST, size=LARGEST // 1_000_000, limit=LIMIT)
    with gr.Accordion(GOLD.say(language), open=False, elem_classes="own-gold"):
        gr.HTML(html.tag("p", said, class_="quiet"))
        file = gr.File(label=GOLD_FILE.say(language), file_types=list(ENDINGS), height=120)
        told = gr.HTML("", elem_classes="notice-place")

    def read_file(path: str, progress: Progress) -> tuple[Any, str]:
        with uploaded([Path(path)]) as files:
            texts = gold_file.read(files[0])
        return texts, score_card.ready(texts, language)

    return Upload(held, file, told, read_file)


def annotated(order: Order, visit: Visit) -> Iterator[Annotation]:
    """Yield the annotation as it grows, a tagger at a time."""
    yielded = annotate(
        order.text, order.taggers, order.language, progress=visit.progress, stop=visit.stop
    )
    result = Annotation(order.text, order.language, order.taggers, ())
    for finding in yielded:
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


def speaks(language: Language) -> Phrase:
    """Say which taggers look at texts in the language when none is chosen."""
    return TAGGED.filled(taggers=_listed(language)) if defaults(language) else UNTAGGED


def _listed(language: Language) -> Phrase:
    titles = [TAGGERS[name].title for name in defaults(language)]
    return Phrase(", ".join(one.en for one in titles), ", ".join(one.ru for one in titles))


def warm_up() -> None:
    """Load what a first answer waits for."""
    shelf().chat()
