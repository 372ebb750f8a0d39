"""Ways to ask a chat model for names: what stands in the prompt, and how its reply is read.

`json`     a list of names in reading order with their types; the tool's own form (prompt.py)
`groups`   one list of names a type: {"person": ["Ann"], "place": []}
`inline`   the text again, names marked: [Ann|person] left [Rome|place]

A JSON reply follows a schema derived from the labels, so that it always parses; an inline reply is
free text, and it counts as unread when, without its marks, it is not the text that was given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samovar.ner.tagging import prompt
from samovar.ner.tagging.alignment import Entity
from samovar.ner.tagging.labels import SHARED
from samovar.phrases import Language
from samovar.records import ChatRequest, Sampling, Turn

MARK = re.compile(r"\[([^\[\]|]+)\|([a-z]+)\]")
GROUPS = (
    "List the names in the user's text as JSON, one list for each type. Copy each name exactly as "
    "it is written."
)
INLINE = (
    "Repeat the user's text and mark each name with its type: "
    + ", ".join(f"[name|{label.word}]" for label in SHARED)
    + ". Change nothing else."
)

Read = Callable[[str, str], tuple[Entity, ...] | None]
"""Gets (reply, text); returns the names in reading order, None when it cannot be read."""
Write = Callable[[str, Sequence[Entity]], str]
"""Gets (text, names in reading order); returns the reply that names them."""


@dataclass(frozen=True, slots=True)
class Form:
    """Describe one way to ask."""

    system: str
    schema: Mapping[str, Any] | None
    write: Write
    read: Read
    shots: bool = True
    """Whether solved examples stand in the prompt."""
    window: int = prompt.WINDOW
    """Characters of a text that are read at once; longer ones are cut, after a sentence if possible."""

    def request(self, text: str, language: Language, adapter: str | None = None) -> ChatRequest:
        """Return the request for the names in `text`, one window of a few sentences."""
        shown: list[Turn] = []
        for example in prompt.EXAMPLES[language] if self.shots else ():
            shown += [
                Turn("user", example.text),
                Turn("assistant", self.write(example.text, example.entities)),
            ]
        tokens = prompt.MAX_TOKENS + (0 if self.schema else len(text))
        return ChatRequest(
            (Turn("system", self.system), *shown, Turn("user", text)),
            Sampling(max_tokens=tokens),
            adapter,
            self.schema,
        )


def _groups_schema() -> dict[str, Any]:
    names = {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": prompt.MAX_NAME},
        "maxItems": prompt.MAX_NAMES,
    }
    words = [label.word for label in SHARED]
    return {
        "type": "object",
        "properties": dict.fromkeys(words, names),
        "required": words,
        "additionalProperties": False,
    }


def _write_groups(text: str, entities: Iterable[Entity]) -> str:
    listed: dict[str, list[str]] = {label.word: [] for label in SHARED}
    for entity in dict.fromkeys(entities):
        listed[prompt.WORDS[entity.label]].append(entity.text)
    return json.dumps(listed, ensure_ascii=False)


def _read_groups(reply: str, text: str) -> tuple[Entity, ...] | None:
    try:
        names = json.loads(reply)
        return tuple(
            Entity(prompt.name(name), label)
            for word, label in prompt.LABELS.items()
            for name in names[word]
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _write_inline(text: str, entities: Sequence[Entity]) -> str:
    """Return `text` with the names marked, each at its next mention."""
    parts, at = [], 0
    for entity in entities:
        start = text.find(entity.text, at)
        if start >= 0:
            parts += [text[at:start], f"[{entity.text}|{prompt.WORDS[entity.label]}]"]
            at = start + len(entity.text)
    return "".join(parts) + text[at:]


def _read_inline(reply: str, text: str) -> tuple[Entity, ...] | None:
    bare = MARK.sub(r"\1", reply)
    if bare.split() != text.split():
        return None
    return tuple(
        Entity(match[1], prompt.LABELS[match[2]])
        for match in MARK.finditer(reply)
        if match[2] in prompt.LABELS
    )


JSON = Form(
    prompt.SYSTEM,
    prompt.schema(),
    lambda text, entities: prompt.written(entities),
    lambda reply, text: prompt.read(reply),
)
ZERO = replace(JSON, shots=False)
TUNED = replace(ZERO, window=160)
"""Of the adapter, which was trained and needs no examples. Windows of a sentence or two are answered side by
side: twice as fast on a hundred words; F1 on the corpora moves by less than a point, mostly down."""
FORMS: Mapping[str, Form] = {
    "json": JSON,
    "json-zero": ZERO,
    "groups": Form(GROUPS, _groups_schema(), _write_groups, _read_groups),
    "groups-zero": Form(GROUPS, _groups_schema(), _write_groups, _read_groups, shots=False),
    "inline": Form(INLINE, None, _write_inline, _read_inline),
    "inline-zero": Form(INLINE, None, _write_inline, _read_inline, shots=False),
}
"""Compared by eval/selection/prompts.py; the page uses `json`, and TUNED with the adapter."""


def tuned(text: str, language: Language) -> tuple[Turn, ...]:
    """Return the turns to which the adapter learns to reply; training imports this."""
    return TUNED.request(text, language).turns
