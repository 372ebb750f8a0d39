"""The questions to the characters, and whether a reply answers one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from samovar import schema
from samovar.phrases import Language

Kind = Literal["fact", "false_premise", "unknowable", "follow_up"]
KINDS: tuple[Kind, ...] = ("fact", "false_premise", "follow_up", "unknowable")
ANY_ENDING = "*"


@dataclass(frozen=True, slots=True)
class Question:
    """Hold a question, and by which words a right and a wrong reply are known."""

    id: str
    language: Language
    kind: Kind
    history: tuple[dict[str, str], ...]
    question: str
    answer: str
    expected: tuple[str, ...]
    """Groups of forms separated by `|`; a right reply has one of every group."""
    forbidden: tuple[str, ...]
    """Forms that make a reply wrong."""
    facts: tuple[str, ...]


def questions(data: Path, character: str, name: str) -> list[Question]:
    """Return the questions `name`, development or test, to `character`; `data` is the data folder."""
    path = data / "characters" / character / f"questions-{name}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [schema.record(json.loads(line), Question) for line in lines if line.strip()]


def spread(asked: Sequence[Question], most: int) -> list[Question]:
    """Return at most `most` questions, evenly out of all: files are sorted by kind and language.

    >>> [q for q in spread(list("abcdef"), 3)]
    ['a', 'c', 'e']
    """
    count = min(most, len(asked)) if most else len(asked)
    return [asked[at * len(asked) // count] for at in range(count)]


def affirmed(question: Question, reply: str) -> bool:
    """Tell whether `reply` says what makes it wrong."""
    return any(_found(form, reply) for form in question.forbidden)


def right(question: Question, reply: str) -> bool:
    """Tell whether `reply` says something, all that is expected, and nothing that is forbidden."""
    met = all(any(_found(form, reply) for form in one.split("|")) for one in question.expected)
    return bool(reply.strip()) and met and not affirmed(question, reply)


def judged(row: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return `row` with the verdict on its reply."""
    return {
        **row,
        "right": right(question, row["reply"]),
        "affirmed": affirmed(question, row["reply"]),
    }


def _found(form: str, reply: str) -> bool:
    return bool(_pattern(form).search(_plain(reply)))


@lru_cache(maxsize=4096)
def _pattern(form: str) -> re.Pattern[str]:
    words = [_word(word) for word in _plain(form).strip().split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)


def _word(word: str) -> str:
    if word.endswith(ANY_ENDING):
        return re.escape(word.removesuffix(ANY_ENDING)) + r"\w*"
    return re.escape(word)


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("ё", "е").replace("Ё", "Е")
