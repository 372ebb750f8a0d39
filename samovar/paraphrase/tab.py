"""The paraphrase tab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.paraphrase.card import body
from samovar.paraphrase.core import Paraphrases
from samovar.paraphrase.endpoint import LIMIT, MOST, paraphrases
from samovar.paraphrase.export import downloads
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Paraphrase", "Перефразирование")
LEAD = Phrase(
    "Rewords a chatbot command many times over and keeps only what passes every check of its meaning.",
    "Много раз перефразирует команду для чат-бота и оставляет только то, что прошло все проверки "
    "смысла.",
)
TEXT = Phrase("Command or sentence", "Команда или фраза")
TEXT_HELP = Phrase(
    "Mark what must stay: a table in [Porto] (city)",
    "Отметьте неизменное: столик в [Porto] (city)",
)
N = Phrase("Variants wanted", "Сколько вариантов")
SEED = Phrase("Seed", "Зерно")
RUN = Phrase("Paraphrase", "Перефразировать")
SAMPLES = (
    "After your workout, remember to focus on maintaining a good water balance.",
    "find us a Georgian place for six people on [Thursday](date)",
    "Which gate does BA117 leave from?",
)


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    text = gr.Textbox(
        label=TEXT.say(language),
        info=TEXT_HELP.say(language),
        lines=3,
        max_length=LIMIT * 2,
    )
    with gr.Row():
        n = gr.Slider(1, MOST, value=8, step=1, label=N.say(language), min_width=240)
        seed = gr.Number(0, precision=0, minimum=0, label=SEED.say(language), min_width=120)
    return Tab(
        inputs={"text": text, "n": n, "seed": seed},
        answer=answer,
        run=RUN,
        samples=tuple({"text": sample, "n": 8, "seed": 0} for sample in SAMPLES),
        stoppable=True,
    )


def answer(visit: Visit, text: str, n: int, seed: int) -> Shown:
    """Return the card for the visitor's text."""
    return shown(paraphrases(text, n, seed, visit.stop), visit.language)


def example(language: Language) -> Shown:
    """Return the answered example."""
    return shown(read(shelf().settings, "paraphrase", language, Paraphrases), language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    return to_json(paraphrases(inputs["text"], inputs["n"], inputs["seed"]))


def shown(result: Paraphrases, language: Language) -> Shown:
    """Return `result` as a card."""
    return Shown(body(result, language), result.cost, downloads(result))
