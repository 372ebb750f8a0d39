"""Read a character's fact base: JSON Lines of {id, text, topic, season?, episode?}."""

from __future__ import annotations

import json
from pathlib import Path

from samovar.errors import StoreError
from samovar.phrases import Phrase
from samovar.records import Fact

UNREADABLE = Phrase(
    "The fact base {path} cannot be read: {why}.", "База фактов {path} не читается: {why}."
)
FETCH = Phrase(
    "Restore it from the repository, or set SAMOVAR_DATA to the folder that holds it.",
    "Восстановите файл из репозитория или укажите папку с ним в SAMOVAR_DATA.",
)


def read_facts(path: Path) -> tuple[Fact, ...]:
    """Return the facts in the file's order.

    Raises:
        StoreError: the file is missing or a line is not a fact.
    """
    try:
        with path.open(encoding="utf-8") as source:
            return tuple(Fact(**json.loads(line)) for line in source if line.strip())
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(UNREADABLE, FETCH, path=path, why=error) from error
