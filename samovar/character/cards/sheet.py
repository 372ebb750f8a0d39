"""The sheet of a card: its fields by their names in the specification.

https://github.com/malfoyslastname/character-card-spec-v2 and, for what version 3 adds,
https://github.com/kwaroran/character-card-spec-v3
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from samovar import schema
from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.records import to_json

SPECS = ("chara_card_v2", "chara_card_v3")
WRITTEN = "chara_card_v2"
VERSION = "2.0"

NOT_CARD = Phrase(
    "This is no character card: it must be a JSON object, but {value} was given.",
    "Это не карточка персонажа: нужен объект JSON, а получено {value}.",
)
OTHER_SPEC = Phrase(
    "`spec` is {value}; {known} and cards of version 1 are read.",
    "«spec» равно {value}, а читаются {known} и карточки первой версии.",
)
NO_DATA = Phrase(
    "The card has no `data`: the fields of the character are missing.",
    "В карточке нет «data»: поля персонажа отсутствуют.",
)
NO_NAME = Phrase(
    "This JSON is no character card: it has no `name`.",
    "Этот JSON не карточка персонажа: в нём нет «name».",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one entry of a card's lore: said when one of its keys comes up."""

    keys: tuple[str, ...] = ()
    content: str = ""
    enabled: bool = True
    constant: bool = False
    """Always said."""


@dataclass(frozen=True, slots=True)
class Book:
    """Hold the lore of a character."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold the fields of a card that are used here, as their author wrote them."""

    name: str
    description: str = ""
    personality: str = ""
    scenario: str = ""
    first_mes: str = ""
    mes_example: str = ""
    system_prompt: str = ""
    alternate_greetings: tuple[str, ...] = ()
    character_book: Book = Book()
    tags: tuple[str, ...] = ()
    creator: str = ""
    nickname: str = ""
    """Of version 3: what the character is called in the talk."""


def sheet(card: object) -> Sheet:
    """Return the sheet of a card given as the JSON value of its file.

    Raises:
        InputError: it is no card, of an unknown version, or a field has another type.
    """
    if not isinstance(card, Mapping):
        raise InputError(NOT_CARD, value=type(card).__name__)
    spec = card.get("spec")
    if spec is not None and spec not in SPECS:
        raise InputError(OTHER_SPEC, value=repr(spec)[:60], known=", ".join(SPECS))
    fields = card.get("data") if spec else card
    if not isinstance(fields, Mapping):
        raise InputError(NO_DATA)
    if fields.get("name") is None:
        raise InputError(NO_NAME)
    return schema.record(_readable(fields), Sheet)


def written(character: Sheet) -> dict[str, Any]:
    """Return the card of version 2 that holds this sheet, with every field that it must have."""
    data = to_json(replace(character, character_book=Book()))
    entries = [
        {**to_json(entry), "insertion_order": at, "extensions": {}}
        for at, entry in enumerate(character.character_book.entries)
    ]
    book = {"character_book": {"entries": entries, "extensions": {}}} if entries else {}
    del data["character_book"], data["nickname"]
    unused = {"creator_notes": "", "post_history_instructions": "", "character_version": ""}
    return {
        "spec": WRITTEN,
        "spec_version": VERSION,
        "data": {**data, **unused, **book, "extensions": {}},
    }


def _readable(value: Any) -> Any:
    """Return `value` without keys that hold null and without halves of characters.

    Programs write null for what is not there; a half of a character no record takes.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, Mapping):
        return {_readable(str(k)): _readable(v) for k, v in value.items() if v is not None}
    return [_readable(one) for one in value] if isinstance(value, list) else value
