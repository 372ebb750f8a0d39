"""The character tab."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from samovar import schema
from samovar.character.card import body, downloads
from samovar.character.endpoint import LIMIT, SECONDS, TURNS, exchanges
from samovar.character.exchange import Exchange
from samovar.character.persona import CHARACTERS
from samovar.examples import read
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tool import Shown, Tab, Visit

TITLE = Phrase("Character", "Персонаж")
LEAD = Phrase(
    "Chats as Dr. House and shows the facts of the series that each reply was given.",
    "Беседует в роли доктора Хауса и показывает, на какие факты сериала опирался каждый ответ.",
)
MESSAGE = Phrase("Your message", "Ваше сообщение")
MESSAGE_HELP = Phrase(
    "The conversation is remembered until the page is closed.",
    "Разговор запоминается, пока открыта страница. Спрашивать можно по-русски, но встроенная "
    "модель отвечает по-английски.",
)
WHO = Phrase("Character", "Персонаж")
RETRIEVAL = Phrase("Look up facts", "Искать факты")
SEED = Phrase("Seed", "Зерно")
RUN = Phrase("Send", "Отправить")
SAMPLES: dict[Language, tuple[str, ...]] = {
    "en": ("Do you take Vicodin?", "Why are you so rude?", "Who is Thirteen?"),
    "ru": ("Вы играете на пианино?", "Как умер Катнер?", "Почему вы такой грубый?"),
}


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    message = gr.Textbox(
        label=MESSAGE.say(language), info=MESSAGE_HELP.say(language), max_length=LIMIT, lines=1
    )
    people = [(row.title.say(language), name) for name, row in CHARACTERS.items()]
    with gr.Row():
        who = gr.Dropdown(people, value="house", label=WHO.say(language), scale=3)
        seed = gr.Number(0, precision=0, minimum=0, label=SEED.say(language), scale=1, min_width=80)
    retrieval = gr.Checkbox(True, label=RETRIEVAL.say(language))
    preset = {"character": "house", "seed": 0, "retrieval": True}
    return Tab(
        inputs={
            "message": message,
            "character": who,
            "seed": seed,
            "retrieval": retrieval,
        },
        answer=answer,
        run=RUN,
        seconds=SECONDS,
        enter="message",
        stoppable=True,
        remembers=True,
        samples=tuple({"message": sample, **preset} for sample in SAMPLES[language]),
        cleared=("message",),
    )


def answer(
    visit: Visit,
    message: str,
    character: str,
    seed: int,
    retrieval: bool,
    memory: Any = None,
) -> Iterator[Shown]:
    """Yield the card of the conversation while the reply grows."""
    talk = [schema.record(row, Exchange) for row in memory or []]
    said = [turn for past in talk for turn in _turns(past)][-TURNS:]
    growing = exchanges(message, said, character, retrieval, seed, visit.stop)
    name = CHARACTERS[character].name.say(visit.language)
    for exchange in growing:
        whole = [*talk, exchange]
        yield Shown(
            body(whole, name, visit.language, live=exchange.cost is None),
            exchange.cost,
            downloads(whole) if exchange.cost else (),
            to_json(whole),
        )


def example(language: Language) -> Shown:
    """Return the answered example."""
    exchange = read(shelf().settings, "character", language, Exchange)
    return Shown(
        body([exchange], CHARACTERS["house"].name.say(language), language),
        exchange.cost,
        downloads([exchange]),
    )


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    asked = (inputs["message"], None, inputs["character"], inputs["retrieval"], inputs["seed"])
    *_, last = exchanges(*asked)
    return to_json(last)


def _turns(exchange: Exchange) -> tuple[dict[str, str], ...]:
    """Return the turns of a finished exchange; one that failed or said nothing leaves none."""
    if not exchange.reply:
        return ()
    return {"role": "user", "content": exchange.message}, {
        "role": "assistant",
        "content": exchange.reply,
    }


def warm_up() -> None:
    """Load what a first answer waits for."""
    shelf().chat_of("character")
    shelf().encoder()
