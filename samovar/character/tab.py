"""The character tab: a conversation that streams, with the facts beside each reply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import dacite
import gradio as gr

from samovar.character.card import body, downloads
from samovar.character.core import Exchange
from samovar.character.endpoint import LIMIT, exchanges
from samovar.character.persona import CHARACTERS
from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Character", "Персонаж")
LEAD = Phrase(
    "Talk to Dr. House; the facts about his world that the model was given stand beside each reply.",
    "Поговорите с доктором Хаусом: рядом с каждым ответом видны факты, которые получила модель.",
)
CHARACTER = Phrase("Character", "Персонаж")
MESSAGE = Phrase("Your message", "Ваша реплика")
RETRIEVAL = Phrase("Look up facts first", "Сначала искать факты")
SEED = Phrase("Seed", "Зерно")
RUN = Phrase("Send", "Отправить")
SAMPLES: dict[Language, tuple[str, ...]] = {
    "en": ("Why do you walk with a cane?", "Who is your best friend?", "Is it lupus?"),
    "ru": ("Почему вы ходите с тростью?", "Кто ваш лучший друг?", "Это волчанка?"),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """Hold a conversation."""

    exchanges: tuple[Exchange, ...]


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    message = gr.Textbox(label=MESSAGE.say(language), lines=1, max_length=LIMIT * 2)
    choices = [(who.title.say(language), key) for key, who in CHARACTERS.items()]
    character = gr.Dropdown(choices, value="house", label=CHARACTER.say(language))
    with gr.Row():
        retrieval = gr.Checkbox(True, label=RETRIEVAL.say(language))
        seed = gr.Number(0, precision=0, minimum=0, label=SEED.say(language))
    return Tab(
        inputs={"message": message, "character": character, "retrieval": retrieval, "seed": seed},
        answer=answer,
        run=RUN,
        enter="message",
        stoppable=True,
        remembers=True,
        samples=tuple(
            {"message": said, "character": "house", "retrieval": True, "seed": 0}
            for said in SAMPLES[language]
        ),
        cleared=("message",),
    )


def answer(
    visit: Visit, message: str, character: str, retrieval: bool, seed: int, memory: Any
) -> Iterator[Shown]:
    """Yield the conversation as the reply grows."""
    past = _talk(memory)
    history = [
        {"role": role, "content": text}
        for one in past.exchanges[-100:]
        for role, text in (("user", one.message), ("assistant", one.reply))
    ]
    growing = exchanges(message, history, character, retrieval, seed, visit.stop)
    for latest in growing:
        yield shown(Talk((*past.exchanges, latest)), character, visit.language)


def example(language: Language) -> Shown:
    """Return the answered example."""
    return shown(read(shelf().settings, "character", language, Talk), "house", language)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the conversation of one message for the shipped example."""
    *_, last = exchanges(
        inputs["message"], None, inputs["character"], inputs["retrieval"], inputs["seed"]
    )
    return to_json(Talk((last,)))


def shown(talk: Talk, character: str, language: Language) -> Shown:
    """Return the conversation as a card; it is kept for the next message."""
    english = language == "ru" and "ru" not in shelf().choice("chat").model.languages
    card = body(talk.exchanges, CHARACTERS[character].name, language, english=english)
    cost = talk.exchanges[-1].cost
    return Shown(card, cost, downloads(talk.exchanges) if cost else (), to_json(talk))


def _talk(memory: Any) -> Talk:
    return dacite.from_dict(Talk, memory, dacite.Config(cast=[tuple])) if memory else Talk(())
