"""What one search asks, with every rule checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from samovar import checks
from samovar.phrases import LANGUAGES, Language
from samovar.search.documents import filters
from samovar.search.documents.fields import Fields
from samovar.search.documents.filters import Filters

Mode = Literal["hybrid", "dense", "bm25", "rerank"]
MODES: tuple[Mode, ...] = get_args(Mode)
JOINED: tuple[Mode, ...] = ("hybrid", "rerank")
"""Modes that join the ranking by meaning and the one by words."""
LONGEST = 2000
"""Characters of a question."""
MOST = 100
"""Hits that one search may return."""


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one checked search; `filters` as `samovar.search.documents.filters.checked` returns them."""

    text: str
    k: int
    mode: Mode
    filters: Filters
    language: Language
    """Of a question whose letters do not tell: `42`."""


def question(
    text: object,
    language: object,
    k: object = 10,
    mode: object = "hybrid",
    wanted: object = None,
    fields: Fields | None = None,
) -> Question:
    """Return a question that keeps the rules.

    Raises:
        InputError: a blank or too long text, `k` out of range, an unknown mode, field or language.
    """
    said = checks.text(text, LONGEST, "query").strip()
    number = checks.whole(k, 1, MOST, "k")
    chosen = checks.choice(mode, MODES, "mode")
    spoken = checks.choice(language, LANGUAGES, "language")
    return Question(
        said,
        number,
        next(mode for mode in MODES if mode == chosen),
        filters.checked(wanted, fields or {}),
        next(row for row in LANGUAGES if row == spoken),
    )
