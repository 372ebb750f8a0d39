"""A search with its answer and cost, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from samovar.models.base import Progress
from samovar.models.shelf import shelf
from samovar.phrases import Language
from samovar.records import Cost, Hit
from samovar.search import core
from samovar.search.collection import Collection
from samovar.search.encyclopedia import answer, ask, encyclopedia


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold one search with what it found and what it cost."""

    query: str
    mode: str
    hits: tuple[Hit, ...]
    removed: int
    cost: Cost


def answered(
    query: str,
    k: float,
    language: Language,
    filters: Mapping[str, Any] | None = None,
    mode: str = "hybrid",
    progress: Progress | None = None,
    own: Collection | None = None,
) -> Answered:
    """Search the encyclopedia, or the visitor's `own` documents, and say what it cost.

    Loading and indexing are not counted.

    Raises:
        SamovarError: as `samovar.search.encyclopedia.ask`.
    """
    chosen = shelf().choice("retriever")
    if query.strip() and own is None:
        encyclopedia(progress)
    start = perf_counter()
    if own is None:
        found = ask(query, k, language, filters, mode)
    else:
        asked = core.question(query, k, mode, filters, language, own.fields)
        found = answer(own, asked)
    cost = Cost((perf_counter() - start) * 1000, chosen.model.title, chosen.engine)
    return Answered(query, mode, found.hits, found.removed, cost)
