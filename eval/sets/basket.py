"""The basket: prompts of everyday tasks in English and Russian, with what tells a good reply."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from samovar import schema
from samovar.phrases import Language
from samovar.settings import ROOT

Task = Literal["answer", "absent", "reword", "simplify", "facts", "open", "persona", "format"]
TASKS: tuple[Task, ...] = get_args(Task)
FILE = ROOT / "data" / "prompts" / "basket.jsonl"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Hold one user turn; `data/README.md` tells what each task asks for."""

    id: str
    language: Language
    task: Task
    prompt: str
    expected: tuple[str, ...] = ()
    """What a good reply says: one form of each, "two hours|2 hours"; thick* is any word that begins so."""
    forbidden: tuple[str, ...] = ()
    """Forms that would be an invention, or the hard word that was to be replaced."""
    reference: str = ""
    """One good reply."""
    pattern: str = ""
    """Regular expression for the whole reply."""


def basket(path: Path = FILE) -> tuple[Prompt, ...]:
    """Return the prompts in their order.

    Raises:
        InputError: a line has an unknown key, lacks one or holds another type.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(schema.record(json.loads(line), Prompt, exact=True) for line in lines)
