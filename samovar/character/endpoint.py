"""The public endpoint of the tool: page, HTTP API, MCP and command line call this function."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

from samovar import checks
from samovar.character.core import Exchange, exchange
from samovar.character.facts import read_facts
from samovar.character.persona import CHARACTERS, Character
from samovar.character.retrieval import FactBase, fact_base
from samovar.errors import InputError
from samovar.models.shelf import shelf
from samovar.phrases import Phrase
from samovar.records import Turn, to_json

LIMIT = 2_000
TURNS = 200
SEEDS = 2**31 - 1
HISTORY = Phrase(
    "`history` must be a list of at most {limit} turns like {example}; turn {at} is not one.",
    "«history» должно быть списком не более чем из {limit} реплик вида {example}; реплика {at} не такая.",
)
EXAMPLE = '{"role": "user" or "assistant", "content": "text"}'
ROLES = Phrase(
    "Only the roles user and assistant are accepted.", "Принимаются только роли user и assistant."
)


def chat(
    message: str,
    history: list[dict[str, Any]] | None = None,
    character: str = "house",
    retrieval: bool = True,
    seed: int = 0,
) -> dict[str, Any]:
    """Let a series character answer a message, with the facts that the answer was given.

    Args:
        message: What the visitor says, at most 2,000 characters.
        history: Earlier turns, oldest first: `{"role": "user" | "assistant", "content": str}`.
        character: Who answers: house.
        retrieval: Look up facts about the character's world first.
        seed: Another seed gives another answer.

    Returns:
        `{reply, facts: [{id, text, topic, season, episode, score}], cost}`.
    """
    *_, last = exchanges(message, history, character, retrieval, seed)
    answer: dict[str, Any] = to_json(last)
    return {"reply": answer["reply"], "facts": answer["facts"], "cost": answer["cost"]}


def exchanges(
    message: object,
    history: object,
    character: object,
    retrieval: object,
    seed: object,
    stop: threading.Event | None = None,
) -> Iterator[Exchange]:
    """Check the arguments, then yield the growing exchange.

    Raises:
        InputError: an argument breaks a rule.
    """
    said = checks.text(message, LIMIT, "message")
    earlier = turns(history)
    who = CHARACTERS[checks.choice(character, CHARACTERS, "character")]
    looked_up = checks.switch(retrieval, "retrieval")
    drawn = checks.whole(seed, 0, SEEDS, "seed")
    models = shelf()
    found = (base(who), models.encoder()) if looked_up else None
    title = models.choice("chat").model.title
    yield from exchange(models.chat(), who, said, earlier, found, drawn, stop, title)


def turns(history: object) -> tuple[Turn, ...]:
    """Return `history` as turns; the roles of others than the two speakers are refused.

    Raises:
        InputError: it is no list of turns, or a text breaks a rule.
    """
    listed = [] if history is None else history
    if not isinstance(listed, list) or len(listed) > TURNS:
        raise InputError(HISTORY, ROLES, limit=TURNS, example=EXAMPLE, at=TURNS + 1)
    return tuple(_turn(raw, at) for at, raw in enumerate(listed, 1))


@cache
def base(character: Character) -> FactBase:
    """Return the character's fact base with its vectors."""
    models = shelf()
    settings = models.settings
    return fact_base(models.encoder(), read_facts(settings.data / character.facts), settings.cache)


def lines(result: dict[str, Any]) -> list[str]:
    """Return the reply and, below it, the facts that were looked up."""
    return [result["reply"], *(f"  · {fact['text']}" for fact in result["facts"])]


def _turn(raw: object, at: int) -> Turn:
    role = raw.get("role") if isinstance(raw, dict) else None
    text = raw.get("content", raw.get("text")) if isinstance(raw, dict) else None
    if role not in ("user", "assistant") or not isinstance(text, str):
        raise InputError(HISTORY, ROLES, limit=TURNS, example=EXAMPLE, at=at)
    return Turn(role, text)
