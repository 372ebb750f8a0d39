"""A character as a model of the API: its last message is answered, the earlier ones are the history.

What is sent as the reply stays: the drafts from which it is chosen are checked against the facts first,
so it comes as a whole, in one event. Who asks for `include_drafts` sees them grow, marked as drafts.

A system turn is accepted and not followed. Clients of the API put one into every conversation ("You are
a helpful assistant"), so refusing it would shut them out, and following it would let a caller replace the
persona. What had no effect is named in the reply.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from samovar import checks
from samovar.character.endpoint import LIMIT, SEEDS, TURNS, exchanges, told, turns_of
from samovar.character.exchange import Exchange
from samovar.character.persona import CHARACTERS
from samovar.errors import InputError
from samovar.models.shelf import Shelf
from samovar.phrases import Phrase
from samovar.records import Turn
from samovar.server import replies, requests
from samovar.server.requests import ChatBody

Count = Callable[[str], int]
MOST_REPLIES = 4
"""Replies to one message; each is drawn and checked like any other."""
WITHOUT_EFFECT = ("temperature", "top_p", "top_k", "repetition_penalty")
"""How a character's replies are drawn was measured and is not the caller's to change."""

NOT_LAST = Phrase(
    "The last message is {role}'s; a character answers the user.",
    "Последнее сообщение написал {role}, а персонаж отвечает пользователю.",
)
END_WITH_USER = Phrase(
    'End `messages` with one of the role "user".', "Закончите «messages» сообщением роли «user»."
)
NO_JSON = Phrase(
    "{name} is a character and answers in words, not in JSON.",
    "{name} — персонаж и отвечает словами, а не JSON.",
)
TAKE_A_MODEL = Phrase(
    "Leave out `response_format`, or take a model that is no character.",
    "Уберите «response_format» или возьмите модель, которая не персонаж.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold one request to a character, checked."""

    slug: str
    message: str
    history: tuple[Turn, ...]
    seeds: tuple[int, ...]
    """One a reply."""
    stop: tuple[str, ...]
    most: int | None
    """Tokens of a reply; None leaves its length to the character."""
    ignored: tuple[str, ...]
    """What the request holds without effect."""


@dataclass(frozen=True, slots=True)
class Said:
    """Hold one finished reply as the API tells it."""

    text: str
    finish: str
    tokens: int
    about: dict[str, Any]
    """The extension field `samovar`."""


def asked(body: ChatBody) -> Asked:
    """Read the request to the character `body.model`.

    Raises:
        InputError: a message or a value breaks a rule.
    """
    first, *more = requests.requests(body, MOST_REPLIES)
    if body.messages[-1].role != "user":
        raise InputError(NOT_LAST, END_WITH_USER, role=body.messages[-1].role)
    if first.schema is not None:
        raise InputError(NO_JSON, TAKE_A_MODEL, name=CHARACTERS[body.model].name)
    *earlier, last_turn = first.turns
    message = checks.text(last_turn.text, LIMIT, f"messages[{len(earlier)}]")
    notes = [f"messages[{at}]" for at, turn in enumerate(earlier) if turn.role == "system"]
    spoken = [{"role": turn.role, "content": turn.text} for turn in earlier]
    talk = [turn for turn in spoken if turn["role"] != "system"][-TURNS:]
    return Asked(
        slug=body.model,
        message=message,
        history=turns_of(talk),
        seeds=tuple(one.sampling.seed % SEEDS for one in (first, *more)),
        stop=first.stop,
        most=first.sampling.max_tokens if body.limited else None,
        ignored=(*notes, *(name for name in WITHOUT_EFFECT if name in body.model_fields_set)),
    )


def whole(wanted: Asked, shelf: Shelf, stop: threading.Event) -> dict[str, Any]:
    """Return the body of a whole answer, a choice a seed."""
    count = shelf.chat_of("character").count
    said = []
    for seed in wanted.seeds:
        *_, last = _exchanges(wanted, seed, stop)
        said.append(_said(last, wanted, count))
    choices = [
        {
            "index": at,
            "message": {"role": "assistant", "content": one.text, "samovar": one.about},
            "finish_reason": one.finish,
        }
        for at, one in enumerate(said)
    ]
    used = replies.usage(_heard(wanted, count), sum(one.tokens for one in said))
    head = replies.envelope(wanted.slug, "chat.completion")
    return {**head, "choices": choices, "usage": used}


def streamed(
    wanted: Asked, shelf: Shelf, stop: threading.Event, usage: bool, drafts: bool
) -> Iterator[dict[str, Any]]:
    """Yield the events of a stream; the last one carries the extension field."""
    head = replies.envelope(wanted.slug, "chat.completion.chunk")
    draft = ""
    for exchange in _exchanges(wanted, wanted.seeds[0], stop):
        if drafts and exchange.cost is None and exchange.reply != draft:
            draft = exchange.reply
            yield {**head, **replies.silence(), "samovar": {"draft": draft}}
    count = shelf.chat_of("character").count
    said = _said(exchange, wanted, count)
    yield {**head, **replies.delta(said.text)}
    end = {**head, **replies.delta("", said.finish)}
    if usage:
        yield end
        end = {**head, "choices": [], "usage": replies.usage(_heard(wanted, count), said.tokens)}
    yield {**end, "samovar": said.about}


def _exchanges(wanted: Asked, seed: int, stop: threading.Event) -> Iterator[Exchange]:
    history = [{"role": turn.role, "content": turn.text} for turn in wanted.history]
    return exchanges(wanted.message, history, wanted.slug, True, seed, stop)


def _said(exchange: Exchange, wanted: Asked, count: Count) -> Said:
    result = told(exchange)
    whole_text = result.pop("reply")
    text, finish = _shortened(whole_text, wanted, count)
    if text != whole_text:
        result["claims"] = [claim for claim in result["claims"] if claim["text"] in text]
    about = {"character": wanted.slug, **result, "ignored": list(wanted.ignored)}
    return Said(text, finish, count(text), about)


def _shortened(text: str, wanted: Asked, count: Count) -> tuple[str, str]:
    """Return `text` up to a stop string and to the last word that has room, and why it ends."""
    text = text[: min((at for at in map(text.find, wanted.stop) if at >= 0), default=len(text))]
    if wanted.most is None or count(text) <= wanted.most:
        return text, "stop"
    ends = [0, *(match.end() for match in re.finditer(r"\S+", text))]
    kept = bisect_right(ends, wanted.most, key=lambda end: count(text[:end]))
    return text[: ends[kept - 1]], "length"


def _heard(wanted: Asked, count: Count) -> int:
    return sum(count(turn.text) for turn in wanted.history) + count(wanted.message)
