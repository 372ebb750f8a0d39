"""A talk with a character as one source of a pair, and its prompt: that of samovar.character."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from samovar.character.persona import CHARACTERS
from samovar.character.prompt import turns
from samovar.phrases import Language
from samovar.records import Fact, Turn
from training.lessons.character.windows import Window


def source(character: str, window: Window, facts: Sequence[Fact] = ()) -> str:
    """Return everything of `window` before its last reply as JSON, with the slug of the character."""
    said = [["assistant" if turn.mine else "user", turn.text] for turn in window.turns[:-1]]
    return written(character, said, facts)


def written(character: str, said: Sequence[Sequence[str]], facts: Sequence[Fact]) -> str:
    """Return a talk, rows of (role, text) of which the last is the message, as JSON."""
    notes = [{"id": fact.id, "text": fact.text, "ru": fact.ru} for fact in facts]
    return json.dumps({"character": character, "said": said, "facts": notes}, ensure_ascii=False)


def prompt(text: str, language: Language) -> tuple[Turn, ...]:
    """Return the turns that serving would send for the talk in `text`, which `source` wrote.

    Without a talk there are none: what stands before it depends on the character.
    """
    if not text:
        return ()
    talk: dict[str, Any] = json.loads(text)
    *history, (_, message) = talk["said"]
    facts = [Fact(topic="", **fact) for fact in talk["facts"]]
    character = CHARACTERS[talk["character"]]
    said = [Turn("assistant" if role == "assistant" else "user", words) for role, words in history]
    return turns(character, said, message, language, facts)
