"""The task as a chat model sees it; training, evaluation and serving all take it from here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samovar.ner.tagging.alignment import Entity
from samovar.ner.tagging.labels import SHARED
from samovar.phrases import Language

WINDOW = 280
"""Characters that the model reads at once: a small model loses names in longer texts."""
MAX_TOKENS = 200
MAX_NAMES = 12
"""Names in one reply: a small model repeats itself without end otherwise."""
MAX_NAME = 60
"""Characters in one name."""
SYSTEM = "List the names in the user's text as JSON. Copy each name exactly as it is written."
WORDS = {label.name: label.word for label in SHARED}
LABELS = {label.word: label.name for label in SHARED}


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one solved text."""

    text: str
    entities: tuple[Entity, ...]


EXAMPLES: Mapping[Language, tuple[Example, ...]] = {
    "en": (
        Example(
            "Priya Nair, an editor at the Daily Herald, visited Lake Garda in Italy.",
            (
                Entity("Priya Nair", "PER"),
                Entity("Daily Herald", "ORG"),
                Entity("Lake Garda", "LOC"),
                Entity("Italy", "LOC"),
            ),
        ),
        Example("The meeting starts at nine, please bring your notes.", ()),
        Example(
            "Toyota will show the new Corolla to Dutch drivers in Utrecht.",
            (
                Entity("Toyota", "ORG"),
                Entity("Corolla", "MISC"),
                Entity("Dutch", "MISC"),
                Entity("Utrecht", "LOC"),
            ),
        ),
        Example(
            "Laura Brandt left Novartis and moved to Lisbon with Peter.",
            (
                Entity("Laura Brandt", "PER"),
                Entity("Novartis", "ORG"),
                Entity("Lisbon", "LOC"),
                Entity("Peter", "PER"),
            ),
        ),
        Example(
            "Omar Haddad joined Ericsson in Stockholm.",
            (
                Entity("Omar Haddad", "PER"),
                Entity("Ericsson", "ORG"),
                Entity("Stockholm", "LOC"),
            ),
        ),
    ),
    "ru": (
        Example(
            "Прия Наир, редактор «Вечерних вестей», побывала в Италии на озере Гарда.",
            (
                Entity("Прия Наир", "PER"),
                Entity("Вечерних вестей", "ORG"),
                Entity("Италии", "LOC"),
                Entity("Гарда", "LOC"),
            ),
        ),
        Example("Встреча начнётся в девять, возьмите с собой записи.", ()),
        Example(
            "«Тойота» покажет новую Короллу голландским водителям в Утрехте.",
            (Entity("Тойота", "ORG"), Entity("Короллу", "MISC"), Entity("Утрехте", "LOC")),
        ),
        Example(
            "Омар Хаддад перешёл в «Эриксон» и живёт теперь в Стокгольме.",
            (
                Entity("Омар Хаддад", "PER"),
                Entity("Эриксон", "ORG"),
                Entity("Стокгольме", "LOC"),
            ),
        ),
    ),
}
"""In reading order and with the type beside each name: in a trial on 16 English sentences the
untrained 135M model found two thirds of the types right this way and half with one list a type."""


def schema() -> dict[str, Any]:
    """Return the JSON schema of a reply, its types derived from the labels."""
    entity = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
            "type": {"enum": list(LABELS)},
        },
        "required": ["name", "type"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"entities": {"type": "array", "items": entity, "maxItems": MAX_NAMES}},
        "required": ["entities"],
        "additionalProperties": False,
    }


def written(entities: Iterable[Entity]) -> str:
    """Return the reply that names `entities`."""
    listed = [{"name": e.text, "type": WORDS[e.label]} for e in dict.fromkeys(entities)]
    return json.dumps({"entities": listed}, ensure_ascii=False)


def read(reply: str) -> tuple[Entity, ...] | None:
    """Return the entities that a reply names; None when it does not follow the schema."""
    try:
        named = json.loads(reply)["entities"]
        return tuple(Entity(name(one["name"]), LABELS[one["type"]]) for one in named)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def name(value: Any) -> str:
    """Return `value` when it is a text.

    Raises:
        TypeError: it is not.
    """
    if not isinstance(value, str):
        raise TypeError(value)
    return value
