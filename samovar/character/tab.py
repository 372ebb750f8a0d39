"""The character tab."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from samovar.character import ablation
from samovar.character import card as view
from samovar.character.card import Partner
from samovar.character.cards import file
from samovar.character.cards.sheet import sheet, written
from samovar.character.conversation import ACTS, anew, answer, load, recall, resume
from samovar.character.endpoint import SECONDS, exchanges
from samovar.character.exchange import Exchange
from samovar.character.guests import guest
from samovar.character.persona import CHARACTERS
from samovar.character.talk import OWN, Talk
from samovar.examples import read
from samovar.html import join, notice, tag
from samovar.models.shelf import shelf
from samovar.phrases import Language, Phrase
from samovar.records import to_json
from samovar.tool import Fold, Memory, Progress, Shown, Tab, Upload

TITLE = Phrase("Character", "Персонаж")
LEAD = Phrase(
    "Chats as a character of a series, or of your own card, and checks each claim of a reply "
    "against the facts.",
    "Беседует в роли героя сериала или вашей карточки и сверяет каждое утверждение ответа с фактами.",
)
MESSAGE = Phrase("Your message", "Ваше сообщение")
MESSAGE_HELP = Phrase(
    "Your message; Enter sends, Shift+Enter starts a new line",
    "Ваше сообщение; Enter отправляет, Shift+Enter начинает новую строку",
)
WHO = Phrase("Character", "Персонаж")
OWN_CARD = Phrase("Your own card", "Своя карточка")
LOAD_CARD = Phrase("Load a card (PNG, JSON)…", "Загрузить карточку (PNG, JSON)…")
LOADED = Phrase("{name} is here.", "Персонаж {name} здесь.")
BY = Phrase("Card by {creator}.", "Автор карточки: {creator}.")
MORE = Phrase("Settings", "Настройки")
RETRIEVAL = Phrase("Look up facts", "Искать факты")
SEED = Phrase("Seed", "Номер варианта")
SEED_HELP = Phrase("Another number, another reply", "Другое число — другой ответ")
ANSWERS = Phrase("{model} plays the character here.", "За персонажа здесь говорит {model}.")
ENGLISH_ONLY = Phrase(
    "{model} plays the character here and speaks English only; replies written beforehand come in Russian, "
    "too. For more get a larger model: samovar fetch qwen.",
    "За персонажа здесь говорит {model}, и только по-английски; по-русски звучат лишь заготовленные "
    "реплики. Чтобы он говорил по-русски, загрузите большую модель: samovar fetch qwen.",
)
RUN = Phrase("Send", "Отправить")
SAMPLES: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Do you take Vicodin?", "house"),
        ("Why are you so rude?", "house"),
        ("Data, do you have a cat?", "data"),
        ("Data, do you have feelings?", "data"),
    ),
    "ru": (
        ("Вы играете на пианино?", "house"),
        ("Почему вы такой грубый?", "house"),
        ("Дейта, у вас есть кот?", "data"),
        ("Дейта, вы умеете чувствовать?", "data"),
    ),
}


def draw(language: Language) -> Tab:
    """Draw the inputs."""
    who, card, above, upload = _choice(language)
    message, retrieval, seed, more = _line(language)
    preset = {"seed": 0, "retrieval": True}
    return Tab(
        inputs={
            "message": message,
            "character": who,
            "card": card,
            "seed": seed,
            "retrieval": retrieval,
        },
        answer=answer,
        run=RUN,
        seconds=SECONDS,
        enter="message",
        stoppable=True,
        remembers=Memory(resume, recall, anew, load, ACTS, reopened=("character", "card")),
        below=True,
        above=above,
        last=more,
        samples=tuple(
            {"message": said, "character": name, **preset} for said, name in SAMPLES[language]
        ),
        filled=("message", "character", "card"),
        cleared=("message",),
        unlinked=("message", "card"),
        uploads=(upload,),
        folds=(Fold("ways", ablation.TITLE, partial(_ways, language, who, card, seed)),),
    )


def _line(language: Language) -> tuple[gr.Textbox, gr.Checkbox, gr.Number, gr.Accordion]:
    """Draw the line that one writes and, folded up, the settings."""
    message = gr.Textbox(
        label=MESSAGE.say(language),
        placeholder=MESSAGE_HELP.say(language),
        show_label=False,
        lines=1,
        max_lines=6,
    )
    with gr.Accordion(MORE.say(language), open=False) as more, gr.Row():
        retrieval = gr.Checkbox(True, label=RETRIEVAL.say(language))
        seed = gr.Number(0, label=SEED.say(language), info=SEED_HELP.say(language), min_width=80)
    return message, retrieval, seed, more


def _ways(language: Language, who: gr.Radio, card: gr.BrowserState, seed: gr.Number) -> Tab:
    """Draw the comparison of ways to answer; character, card and seed are those of the talk."""
    question = gr.Textbox(label=ablation.QUESTION.say(language), info=ablation.LAST.say(language))
    return Tab(
        inputs={"question": question, "character": who, "card": card, "seed": seed},
        answer=ablation.answer,
        run=ablation.RUN,
        seconds=3 * SECONDS,  # five replies: estimated, not measured
        enter="question",
        stoppable=True,
        arguments={"message": "question"},
    )


def _choice(language: Language) -> tuple[gr.Radio, gr.BrowserState, gr.Column, Upload]:
    """Draw whom one talks to; return the choice, the loaded card, their block and the upload."""
    people = [(row.title.say(language), name) for name, row in CHARACTERS.items()]
    with gr.Column(elem_classes="input-card choice") as above:
        with gr.Row(equal_height=False):
            who = gr.Radio(
                [*people, (OWN_CARD.say(language), OWN)],
                value="house",
                label=WHO.say(language),
                show_label=False,
            )
            button = gr.UploadButton(
                LOAD_CARD.say(language), file_types=[".png", ".json"], size="md", scale=0
            )
        told = gr.HTML("", elem_classes="notice-place")
        card = gr.BrowserState(None, storage_key="samovar-card", secret="samovar")
    upload = Upload(card, button, told, partial(_read_card, language), sets={"character": OWN})
    return who, card, above, upload


def _read_card(language: Language, path: str, progress: Progress) -> tuple[Any, str]:
    """Return the card in a file and the note on what was taken of it."""
    card = written(sheet(file.read(Path(path).read_bytes())))
    made = guest(card)
    notes = [LOADED.filled(name=made.character.name), *made.notes]
    if made.creator:
        notes.insert(1, BY.filled(creator=made.creator))
    said = join((tag("p", note.say(language)) for note in notes), "")
    return card, notice(said, "hint")


def example(language: Language) -> Shown:
    """Return the answered example."""
    exchange = read(shelf().settings, "character", language, Exchange)
    partner = Partner(CHARACTERS["house"].name.say(language))
    talk = Talk((exchange,))
    return Shown(view.body(talk, partner, language, acts=False), exchange.cost)


def record(language: Language, inputs: Mapping[str, Any]) -> Any:
    """Return the result of `inputs` for the shipped example."""
    asked = (inputs["message"], None, inputs["character"], inputs["retrieval"], inputs["seed"])
    *_, last = exchanges(*asked)
    return to_json(last)


def speaks(language: Language) -> Phrase:
    """Say who speaks for the character here, and whether in the language."""
    model = shelf().base("character").model
    said = ANSWERS if language in model.languages else ENGLISH_ONLY
    return said.filled(model=model.title)


def warm_up() -> None:
    """Load what a first answer waits for."""
    shelf().chat_of("character")
    shelf().encoder()
