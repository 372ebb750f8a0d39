"""One basket of prompts answered by a chat model as it comes and with its adapter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samovar.figures.results import RESULTS, read
from samovar.figures.statistics import Comparison
from samovar.phrases import Language

PREFIX = "basket-"
"""Of the results: `eval/results/basket-<model>.json`."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold one reply and what was measured of it."""

    text: str
    cut: bool
    """The limit of tokens ended it."""
    tokens: int
    failed: tuple[str, ...]
    """What speaks against it, such as "missing: ink|pen"; a reply passes when nothing does."""
    chrf: float | None
    """Overlap with the reference, 0 to 1; None where there is none."""
    f1: float | None
    """Words shared with the accepted answers, 0 to 1; None where it is no answer from a passage."""
    wrong_language: bool | None
    """None where the form asked for has a language of its own (JSON)."""
    repeated: float
    """Share of 4-grams that stood in it before, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Case:
    """Hold one prompt with both replies."""

    id: str
    language: Language
    task: str
    prompt: str
    base: Reply
    adapter: Reply


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold the means of both sides over the same prompts, and adapter − base with its interval."""

    size: int
    base: float
    adapter: float
    compared: Comparison


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the figures of one task in one language; `all` joins them."""

    task: str
    language: str
    passed: Pair
    """Share of replies against which nothing speaks."""
    chrf: Pair | None
    f1: Pair | None


@dataclass(frozen=True, slots=True)
class Side:
    """Hold what one side's replies were like in one language."""

    side: str
    """base or adapter."""
    language: str
    size: int
    wrong_language: float
    """Share of replies in another language than asked."""
    repeated: float
    """Mean share of repeated 4-grams."""
    endless: float
    """Share of replies that go round in circles until the limit ends them."""
    cut: float
    """Share of replies that the limit ended."""
    tokens: float
    """Mean length of a reply."""


@dataclass(frozen=True, slots=True)
class Basket:
    """Hold the whole result; `seconds` of a side are those of its one batch."""

    model: str
    title: str
    engine: str
    adapter: str
    seconds: dict[str, float]
    rows: tuple[Row, ...]
    sides: tuple[Side, ...]
    cases: tuple[Case, ...]

    def row(self, task: str, language: str) -> Row | None:
        """Return the figures of `task` in `language`, None where there are none."""
        found = (row for row in self.rows if (row.task, row.language) == (task, language))
        return next(found, None)


def baskets(folder: Path = RESULTS) -> tuple[Basket, ...]:
    """Return every readable result, sorted by model; none on a host without results."""
    names = sorted(path.stem for path in folder.glob(f"{PREFIX}*.json"))
    found = (read(name, Basket, folder) for name in names)
    return tuple(basket for basket in found if basket is not None and basket.cases)
