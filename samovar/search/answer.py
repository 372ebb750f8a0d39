"""A search with its answer and cost, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

from samovar.models.base import Progress
from samovar.models.shelf import shelf
from samovar.phrases import Language
from samovar.records import Cost, Hit
from samovar.search.encyclopedia import ask, encyclopedia


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
    filters: Mapping[str, str] | None = None,
    mode: str = "hybrid",
    progress: Progress | None = None,
) -> Answered:
    """Search the encyclopedia and say what it cost; loading and indexing are not counted.

    Raises:
        SamovarError: as `samovar.search.encyclopedia.ask`.
    """
    chosen = shelf().choice("encoder")
    if query.strip():
        encyclopedia(progress)
    start = perf_counter()
    found = ask(query, k, language, filters, mode)
    cost = Cost((perf_counter() - start) * 1000, chosen.model.title, chosen.engine)
    return Answered(query, mode, found.hits, found.removed, cost)
