"""The task as a chat model sees it; training, evaluation and serving all take it from here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samovar.ner.alignment import Entity
from samovar.ner.labels import SHARED
from samovar.phrases import Language
from samovar.records import ChatRequest, Sampling, Turn

MAX_TOKENS = 200
MAX_NAMES = 6
"""Names in one list: a small model repeats itself without end otherwise."""
MAX_NAME = 60
"""Characters in one name."""


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one solved text."""

    text: str
    entities: tuple[Entity, ...]


EXAMPLES: Mapping[Language, tuple[Example, ...]] = {
    "en": (
        Example(
            "Laura Brandt left Novartis and moved to Lisbon with Peter.",
            (
                Entity("Laura Brandt", "PER"),
                Entity("Peter", "PER"),
                Entity("Lisbon", "LOC"),
                Entity("Novartis", "ORG"),
            ),
        ),
        Example("The meeting starts at nine, please bring your notes.", ()),
        Example(
            "Toyota will show the new Corolla to Dutch drivers in Utrecht.",
            (
                Entity("Utrecht", "LOC"),
                Entity("Toyota", "ORG"),
                Entity("Corolla", "MISC"),
                Entity("Dutch", "MISC"),
            ),
        ),
    ),
    "ru": (
        Example(
            "Лаура Брандт ушла из «Новартиса» и переехала в Лиссабон с Петром.",
            (
                Entity("Лаура Брандт", "PER"),
                Entity("Петром", "PER"),
                Entity("Лиссабон", "LOC"),
                Entity("Новартиса", "ORG"),
            ),
        ),
        Example("Встреча начнётся в девять, возьмите с собой записи.", ()),
        Example(
            "Тойота покажет новую Короллу голландским водителям в Утрехте.",
            (Entity("Утрехте", "LOC"), Entity("Тойота", "ORG"), Entity("Короллу", "MISC")),
        ),
    ),
}


def request(text: str, language: Language, adapter: str | None = None) -> ChatRequest:
    """Return the request for the names in `text`, one window of a few sentences."""
    shown = [turn for e in EXAMPLES[language] for turn in solved(e.text, e.entities)]
    return ChatRequest(
        (Turn("system", system()), *shown, Turn("user", text)),
        Sampling(max_tokens=MAX_TOKENS),
        adapter,
        schema(),
    )


def system() -> str:
    """Return the instruction, derived from the labels."""
    lists = "; ".join(f'"{label.key}": {label.meaning}' for label in SHARED)
    return (
        "List the names in the user's text as JSON. Copy each name exactly as it is written. "
        f"Leave a list empty when the text has no such name. {lists}."
    )


def schema() -> dict[str, Any]:
    """Return the JSON schema of a reply: one list of names for each label."""
    name = {"type": "string", "minLength": 1, "maxLength": MAX_NAME}
    names = {"type": "array", "items": name, "maxItems": MAX_NAMES}
    keys = [label.key for label in SHARED]
    return {
        "type": "object",
        "properties": dict.fromkeys(keys, names),
        "required": keys,
        "additionalProperties": False,
    }


def solved(text: str, entities: Iterable[Entity]) -> tuple[Turn, Turn]:
    """Return a text and its answer as turns, for few-shot prompts and for training."""
    return Turn("user", text), Turn("assistant", written(entities))


def written(entities: Iterable[Entity]) -> str:
    """Return the reply that names `entities`."""
    listed = list(entities)
    lists = {
        label.key: list(dict.fromkeys(e.text for e in listed if e.label == label.name))
        for label in SHARED
    }
    return json.dumps(lists, ensure_ascii=False)


def read(reply: str) -> tuple[Entity, ...] | None:
    """Return the entities that a reply names; None when it does not follow the schema."""
    try:
        lists = json.loads(reply)
    except (ValueError, RecursionError):
        return None
    if not isinstance(lists, dict) or not all(_names(lists.get(label.key)) for label in SHARED):
        return None
    return tuple(Entity(name, label.name) for label in SHARED for name in lists[label.key])


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)
