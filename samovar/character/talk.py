"""A conversation as the visitor's browser keeps it, and as a file that can be read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from samovar import checks, schema
from samovar.character.cards.sheet import sheet, written
from samovar.character.exchange import Exchange
from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.records import to_json

OWN = "card"
"""Choice of character: the one of the visitor's own card."""
EXCHANGES, KEPT = 100, 20
"""Exchanges of a conversation that are kept, and conversations."""
MESSAGE, REPLY = 2000, 8000
"""Characters of a message and of a reply."""
FILE = 4 * 2**20
"""Bytes of a conversation's file."""

NO_TALK = Phrase("This file is no conversation: {why}.", "В этом файле нет разговора: {why}.")
LARGE = Phrase("it has more than {limit} MB", "в нём больше {limit} МБ").filled(limit=FILE // 2**20)
NOT_TEXT = Phrase("it is no text in UTF-8", "это не текст в UTF-8")
EMPTY = Phrase("it is empty", "он пуст")
NOT_HEADER = Phrase(
    "its first line does not name the character", "первая строка не называет персонажа"
)
BAD_LINE = Phrase("line {at} is no exchange", "строка {at} не является репликой с ответом")
TOO_MANY = Phrase(
    "it has {count} exchanges, at most {limit} are read",
    "в нём {count} реплик с ответами, а читается не больше {limit}",
)
DOWNLOADED = Phrase(
    "Load a .jsonl file that was downloaded below a conversation.",
    "Загрузите файл .jsonl, скачанный под разговором.",
)


@dataclass(frozen=True, slots=True)
class Talk:
    """Hold one conversation with one character."""

    exchanges: tuple[Exchange, ...] = ()
    opening: int = 0
    """Number of the greeting that the character began with."""
    edited: int | None = None
    """Number of the exchange whose message the visitor is writing anew."""

    def before(self, at: int) -> Talk:
        """Return the conversation up to exchange `at`, without it."""
        return replace(self, exchanges=self.exchanges[:at], edited=None)

    def open(self) -> Talk:
        """Return the conversation that the next message continues."""
        return self if self.edited is None else self.before(self.edited)

    def and_then(self, exchange: Exchange) -> Talk:
        """Return the conversation with one exchange more."""
        return replace(self, exchanges=(*self.exchanges, exchange), edited=None)

    def turns(self) -> list[dict[str, str]]:
        """Return what was said, as the endpoint takes it; a message without a reply is left out."""
        return [
            {"role": role, "content": text}
            for exchange in self.exchanges
            if exchange.reply
            for role, text in (("user", exchange.message), ("assistant", exchange.reply))
        ]

    def choosing(self, reply: int) -> Talk:
        """Return the conversation with another reply of its last exchange chosen."""
        if not self.exchanges or reply >= len(self.exchanges[-1].replies):
            return self
        *past, last = self.exchanges
        return replace(self, exchanges=(*past, replace(last, chosen=reply)))


@dataclass(frozen=True, slots=True)
class Talks:
    """Hold the conversations of one visitor by what `key` names, the one used last at the end."""

    talks: Mapping[str, Talk] = field(default_factory=dict)

    def of(self, key: str) -> Talk:
        """Return one conversation; an empty one where none was begun."""
        return self.talks.get(key, Talk())

    def last(self, card: Any) -> str:
        """Return the character of the conversation that was held last; empty where it is gone."""
        name = next(reversed(list(self.talks)), "")
        if name.startswith(f"{OWN}-"):
            return OWN if card is not None and name == key(OWN, card) else ""
        return name

    def having(self, key: str, talk: Talk) -> Talks:
        """Return the conversations with this one in its place.

        The oldest are forgotten, and of a long one its oldest exchanges.
        """
        others = [(name, one) for name, one in self.talks.items() if name != key]
        if len(talk.exchanges) > EXCHANGES:
            talk = replace(talk, exchanges=talk.exchanges[-EXCHANGES:])
        return Talks(dict([*others[1 - KEPT :], (key, talk)]))


def kept(memory: Any) -> Talks:
    """Return what a browser kept; a conversation that no page wrote counts as none."""
    rows = memory.get("talks") if isinstance(memory, Mapping) else None
    talks = {}
    for name, row in rows.items() if isinstance(rows, Mapping) else ():
        with suppress(InputError):
            talks[str(name)] = checked(schema.record(row, Talk))
    return Talks(talks)


def checked(talk: Talk) -> Talk:
    """Return `talk` when its texts are such as can be said here.

    Raises:
        InputError: a text is empty, too long or holds control characters, or there are too many.
    """
    if len(talk.exchanges) > EXCHANGES:
        why = TOO_MANY.filled(count=len(talk.exchanges), limit=EXCHANGES)
        raise InputError(NO_TALK, DOWNLOADED, why=why)
    for exchange in talk.exchanges:
        checks.text(exchange.message, MESSAGE, "message")
        for reply in exchange.replies:
            if reply.text:
                checks.text(reply.text, REPLY, "text")
    return talk


def key(character: str, card: Any) -> str:
    """Return the name of a conversation: each card has one of its own."""
    if character != OWN:
        return character
    text = json.dumps(card, ensure_ascii=False, sort_keys=True)
    return f"{OWN}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"


def lines(talk: Talk, character: str, card: Any) -> list[Any]:
    """Return the conversation as the lines of its file: who speaks, then an exchange a line."""
    header = {"character": character, "opening": talk.opening}
    return [header | ({"card": card} if character == OWN else {}), *talk.exchanges]


def read(data: bytes, characters: Sequence[str]) -> tuple[str, Any, Talk]:
    """Return character, card and conversation of a file; `characters` are those known.

    Raises:
        InputError: it is no conversation; says which line is not.
    """
    if len(data) > FILE:
        raise InputError(NO_TALK, DOWNLOADED, why=LARGE)
    try:
        rows = [line for line in data.decode("utf-8-sig").split("\n") if line.strip()]
    except UnicodeDecodeError as error:
        raise InputError(NO_TALK, DOWNLOADED, why=NOT_TEXT) from error
    if not rows:
        raise InputError(NO_TALK, DOWNLOADED, why=EMPTY)
    header = _value(rows[0])
    character = header.get("character") if isinstance(header, Mapping) else None
    if not isinstance(header, Mapping) or character not in (*characters, OWN):
        raise InputError(NO_TALK, DOWNLOADED, why=NOT_HEADER)
    card = written(sheet(header.get("card"))) if character == OWN else None
    exchanges = tuple(_exchange(row, at) for at, row in enumerate(rows[1:], 2))
    opening = header.get("opening")
    talk = Talk(exchanges, opening if isinstance(opening, int) and opening >= 0 else 0)
    return str(character), card, checked(talk)


def stored(talks: Talks) -> Any:
    """Return the conversations as the browser keeps them."""
    return to_json(talks)


def _exchange(row: str, at: int) -> Exchange:
    try:
        return schema.record(_value(row), Exchange)
    except InputError as error:
        raise InputError(NO_TALK, DOWNLOADED, why=BAD_LINE.filled(at=at)) from error


def _value(row: str) -> Any:
    try:
        return json.loads(row)
    except (ValueError, RecursionError):
        return None
