"""The same question answered in several ways, side by side: what does each step bring?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from samovar.character.conversation import Conversation, opened
from samovar.character.evidence import claims
from samovar.character.exchange import ABLATION, Exchange, Reply
from samovar.errors import InputError
from samovar.html import join, plain, tag
from samovar.phrases import Language, Phrase
from samovar.tool import Shown, Visit

TITLE = Phrase(
    "What each step brings: one question, six ways to answer",
    "Что даёт каждый шаг: один вопрос, шесть способов ответить",
)
QUESTION = Phrase("Question", "Вопрос")
LAST = Phrase(
    "Left empty: the last message of the conversation. LoRA is a small file of weights that teaches the "
    "model to speak as the character.",
    "Пусто: последняя реплика разговора. LoRA — небольшой файл весов, который учит модель говорить как "
    "персонаж.",
)
RUN = Phrase("Compare", "Сравнить")
NAMES: Mapping[str, Phrase] = {
    "base": Phrase("Base model", "Базовая модель"),
    "lora": Phrase("+ LoRA", "+ LoRA"),
    "retrieval": Phrase("+ facts", "+ факты"),
    "check": Phrase("+ check", "+ проверка"),
    "ranking": Phrase("+ ranking", "+ ранжирование"),
    "words": Phrase("+ own words", "+ готовые слова"),
}
NOTHING = Phrase("There is no message to answer yet.", "Отвечать пока не на что.")
WRITE = Phrase(
    "Write a question, or begin the conversation.", "Напишите вопрос или начните разговор."
)
WAITING = Phrase("waits…", "ждёт…")
SECONDS = Phrase("{seconds:.1f} s", "{seconds:.1f} с")


def answer(
    visit: Visit, question: str, character: str, card: Any, seed: int, memory: Any
) -> Iterator[Shown]:
    """Yield the columns while they are answered one after another, each after the same talk."""
    room = opened(visit, memory, character, card)
    past = room.talk.open()
    if not (question or "").strip():
        if not past.exchanges:
            raise InputError(NOTHING, WRITE)
        question, past = past.exchanges[-1].message, past.before(len(past.exchanges) - 1)
    done: dict[str, Exchange] = {}
    for name, steps in ABLATION.items():
        for done[name] in room.asked(past, question, seed, steps.retrieval, steps):
            yield Shown(columns(question, done, room, visit.language))
        if visit.stop.is_set():
            return


def columns(
    question: str, done: Mapping[str, Exchange], room: Conversation, language: Language
) -> Markup:
    """Return the question and a column for each way; those not begun yet wait."""
    shown = join(_column(name, done.get(name), room, language) for name in ABLATION)
    return tag(
        "div",
        tag("p", plain(question), class_="asked"),
        tag("div", shown, class_="pair"),
        class_="ways",
    )


def _column(name: str, exchange: Exchange | None, room: Conversation, language: Language) -> Markup:
    reply = (exchange and exchange.told) or Reply("")
    cost = exchange.cost if exchange else None
    took = SECONDS.say(language, seconds=cost.milliseconds / 1000) if cost else None
    return tag(
        "section",
        tag("h3", NAMES[name].say(language)),
        plain(reply.text or WAITING.say(language)),
        claims(reply, room.partner.name, language),
        tag("p", took, class_="style") if took else None,
        class_="reply",
    )
