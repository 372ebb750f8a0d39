"""The paraphrase tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from samovar import html
from samovar.examples import read
from samovar.files.source import uploaded
from samovar.models.shelf import shelf
from samovar.paraphrase import trial_card
from samovar.paraphrase.answer import Answer
from samovar.paraphrase.answer import answer as answered
from samovar.paraphrase.card import body
from samovar.paraphrase.endpoint import SECONDS
from samovar.paraphrase.export import downloads
from samovar.paraphrase.intent_words import loaded
from samovar.paraphrase.nlu import intent_file
from samovar.paraphrase.nlu.intents import Intents
from samovar.paraphrase.nlu.marks import unmarked
from samovar.paraphrase.service import GET_MODEL, MOST, NO_MODEL
from samovar.paraphrase.trial import LONGEST, Loaded, trial
from samovar.phrases import Language, Phrase, joined
from samovar.records import to_json
from samovar.tool import Progress, Shown, Tab, Upload, Visit

TITLE = Phrase("Paraphrase", "Перефразирование")
LEAD = Phrase(
    "Rewords a chatbot command many times over and keeps only what passes every check of its meaning.",
    "Много раз перефразирует команду для чат-бота и оставляет только то, что прошло все проверки "
    "смысла.",
)
TEXT = Phrase("Command or sentence", "Команда или фраза")
TEXT_HELP = Phrase(
    "Mark what must stay: a table in [Porto] (city)",
    "Отметьте, что менять нельзя: доставка в [Самару] (city)",
)
N = Phrase("Variants wanted", "Сколько вариантов")
SEED = Phrase("Seed", "Номер варианта")
SEED_HELP = Phrase("Another number, other variants", "Другое число — другие варианты")
BESIDE = Phrase("Compare with the base model", "Сравнить с базовой моделью")
BESIDE_HELP = Phrase(
    "The same text and seed without the adapter, the file of weights that taught the model to reword",
    "Рядом — тот же текст и номер варианта, но без адаптера: файла весов, который научил модель "
    "перефразировать",
)
OWN = Phrase("Your bot's intents", "Намерения вашего бота")
OWN_FILE = Phrase("Examples with intents", "Примеры с намерениями")
OWN_HELP = Phrase(
    "JSON Lines or CSV with text and intent, or Rasa's nlu.yml; at most {size} MB, {lines:,} lines, "
    "{most:,} examples, {intents} intents. The file is read once, kept for this session only and "
    "never stored.",
    "Строки JSON или CSV с полями text и intent либо nlu.yml для Rasa; не больше {size} МБ, "
    "{lines:,} строк, {most:,} примеров, {intents} намерений. Файл читается один раз, действует "
    "только в этом сеансе и не сохраняется.",
)
INTENT = Phrase("Intent of the command", "Намерение команды")
INTENT_HELP = Phrase(
    "Its name in the file for Rasa; empty: what your examples say",
    "Имя в файле для Rasa; пусто: как в ваших примерах",
)
BENCH = Phrase("Test the loaded examples instead", "Проверить загруженные примеры вместо фразы")
BENCH_HELP = Phrase(
    "Rewords a few of them and shows where their intent flips",
    "Перефразирует некоторые и покажет, где меняется намерение",
)
WRITES = Phrase(
    "English commands are reworded here by: {models}.",
    "Русские команды здесь перефразируют: {models}.",
)
RUN = Phrase("Paraphrase", "Перефразировать")
SAMPLES = (
    "book a table for six at [Bella Napoli](restaurant) on Friday evening",
    "shuffle my workout playlist",
    "After your workout, remember to focus on maintaining a good water balance.",
)
RUSSIAN = (
    "какая завтра погода в [Сочи](city)",
    "добавь молоко в список покупок",
    "выключи свет в гостиной",
)
"""Need a larger model or Gemma; where neither is here an English sample stands behind them."""
TEXTS: Mapping[Language, tuple[str, ...]] = {"en": SAMPLES, "ru": RUSSIAN}
SESSION_SECONDS = 3600


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    text = gr.Textbox(
        label=TEXT.say(language),
        info=TEXT_HELP.say(language),
        lines=3,
    )
    with gr.Row():
        n = gr.Slider(1, MOST, value=8, step=1, label=N.say(language), min_width=240)
        seed = gr.Number(0, label=SEED.say(language), info=SEED_HELP.say(language), min_width=120)
    beside = gr.Checkbox(False, label=BESIDE.say(language), info=BESIDE_HELP.say(language))
    own, intent, bench = _own(language)
    texts = TEXTS[language] if _spoken(language) else (*TEXTS[language], SAMPLES[0])
    return Tab(
        inputs={
            "text": text,
            "n": n,
            "seed": seed,
            "beside": beside,
            "intent": intent,
            "bench": bench,
            "intents": own.held,
        },
        answer=answer,
        run=RUN,
        seconds=seconds,
        samples=tuple(
            {"text": sample, "n": 8, "seed": 0, "beside": False, "intent": "", "bench": False}
            for sample in texts
        ),
        titles=tuple(Phrase(said, said) for said, _ in map(unmarked, texts)),
        stoppable=True,
        unlinked=("bench", "intents"),
        uploads=(own,),
    )


def answer(
    visit: Visit,
    text: str,
    n: int,
    seed: int,
    beside: bool,
    intent: str,
    bench: bool,
    intents: Loaded | None,
) -> Iterator[Shown]:
    """Yield the card for the visitor's text, or the report on his examples as it grows."""
    if bench:
        yield from tested(intents, seed, visit)
        return
    own = intents.intents if intents else None
    result = answered(text, n, seed, visit.stop, intents=own, beside=beside, intent=intent)
    yield shown(result, visit.language)


def tested(intents: Loaded | None, seed: int, visit: Visit) -> Iterator[Shown]:
    """Yield the report of the bench, its files with the last one."""
    for report in trial(intents, seed, visit):
        yield trial_card.card(report, running=True)
    yield trial_card.card(report, running=False)


def seconds(visit: Visit, beside: bool = False, bench: bool = False, **inputs: object) -> int:
    """Return the GPU seconds of `answer` for the same inputs: comparing paraphrases twice."""
    return LONGEST if bench else SECONDS * 2 if beside else SECONDS


def example(language: Language) -> Shown:
    """Return the answered example."""
    return shown(read(shelf().settings, "paraphrase", language, Answer), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    # the first command also loads; what that takes would be missing from the time of the run
    answered(inputs["text"], 1, inputs["seed"])
    return to_json(answered(inputs["text"], inputs["n"], inputs["seed"]))


def shown(result: Answer, language: Language) -> Shown:
    """Return `result` as a card."""
    return Shown(body(result, language), result.result.cost, downloads(result))


def _own(language: Language) -> tuple[Upload, gr.Textbox, gr.Checkbox]:
    """Draw the upload of a visitor's intents, the name of the text's own one, and the bench's switch."""
    held = gr.State(None, time_to_live=SESSION_SECONDS)
    said = OWN_HELP.say(
        language,
        size=intent_file.BYTES // 1_000_000,
        lines=intent_file.LINES,
        most=intent_file.MOST,
        intents=intent_file.INTENTS,
    )
    with gr.Accordion(OWN.say(language), open=False, elem_classes="own-intents"):
        gr.HTML(html.tag("p", said, class_="quiet"))
        kinds = [f".{kind}" for kind in intent_file.READERS]
        file = gr.File(label=OWN_FILE.say(language), file_types=kinds, height=120)
        told = gr.HTML("", elem_classes="notice-place")
        intent = gr.Textbox(
            label=INTENT.say(language),
            info=INTENT_HELP.say(language),
        )
        bench = gr.Checkbox(False, label=BENCH.say(language), info=BENCH_HELP.say(language))

    def read_file(path: str, progress: Progress) -> tuple[Any, str]:
        own = _fitted(Path(path), progress)
        return own, loaded(own.intents, language)

    return Upload(held, file, told, read_file, intent_file.SECONDS), intent, bench


def _fitted(path: Path, progress: Progress) -> Loaded:
    """Fit a classifier to an uploaded file; file and folder are removed, whatever is in them."""
    with uploaded([path]) as files:
        examples = intent_file.read(files[0])
    intents = Intents.from_examples(path.name, examples, shelf().encoder(), progress)
    return Loaded(intents, tuple(examples))


def speaks(language: Language) -> Phrase:
    """Say who rewords and verifies texts in the language here."""
    titles = _spoken(language)
    if titles:
        return WRITES.filled(models=", ".join(titles))
    return joined(NO_MODEL.filled(model=shelf().speaks(language).model.title), GET_MODEL)


def _spoken(language: Language) -> list[str]:
    """Return the titles of the chat models here that reword texts in the language."""
    models = (shelf().speaks(language).model, shelf().base("paraphrase").model)
    return list(dict.fromkeys(model.title for model in models if language in model.languages))


def warm_up() -> None:
    """Load what a first answer waits for."""
    shelf().chat()
    shelf().encoder()
