"""What the taggers reached in our own evaluation, shown below the visitor's result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from samovar import html
from samovar.figures import results
from samovar.ner.scoring import chart
from samovar.ner.scoring.chart import Point
from samovar.ner.tagging.taggers import TAGGERS
from samovar.phrases import Language, Phrase

TITLE = Phrase("How good is each tagger, and how fast?", "Насколько хороша и быстра каждая модель?")
ABOUT = Phrase(
    "Strict F1: a name counts when its borders and its label are right. Figures of our own "
    "evaluation, on texts that no tagger here was trained on.",
    "Строгая F1: имя засчитано, если верны и границы, и метка. Числа из нашей проверки на текстах, "
    "по которым обученные здесь модели не учились.",
)
TAGGER = Phrase("Tagger", "Модель")
MILLISECONDS = Phrase("ms a text", "мс на текст")
DISK = Phrase("MB on disk", "МБ на диске")
MEMORY = Phrase("MB in memory", "МБ в памяти")
CHARTED: Mapping[Language, str] = {"en": "conll", "ru": "factrueval"}
"""Corpus whose figures are drawn."""


@dataclass(frozen=True, slots=True)
class Strict:
    """Hold the strict F1 of one cell and its interval."""

    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold what is read of the rules of one cell."""

    strict: Strict


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what is read of one tagger on one corpus."""

    rules: Rules
    milliseconds: float
    disk_mb: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """Hold one corpus with its cells."""

    title: str
    language: str
    taggers: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold the evaluation."""

    corpora: dict[str, Corpus]
    memory: dict[str, dict[str, float]]


def read(folder: Path = results.RESULTS) -> Figures | None:
    """Return the evaluation by `python -m eval.ner`; None when there is none."""
    return results.read("ner", Figures, folder)


def section(measured: Figures, text_language: Language, language: Language) -> Markup | None:
    """Return the closed section about taggers of `text_language`; None when nothing was measured."""
    corpora = {
        name: corpus
        for name, corpus in measured.corpora.items()
        if corpus.language == text_language and corpus.taggers
    }
    names = [name for name in TAGGERS if any(name in corpus.taggers for corpus in corpora.values())]
    charted = corpora.get(CHARTED[text_language])
    if not names or charted is None:
        return None
    headers = [TAGGER.say(language), *(corpus.title for corpus in corpora.values())]
    headers += [part.say(language) for part in (MILLISECONDS, DISK, MEMORY)]
    memory = measured.memory.get(text_language, {})
    rows = [
        [
            TAGGERS[name].title.say(language),
            *(_f1(corpus.taggers.get(name)) for corpus in corpora.values()),
            *_costs(charted.taggers.get(name), memory.get(name)),
        ]
        for name in names
    ]
    points = [
        Point(TAGGERS[name].title.say(language), cell.milliseconds, cell.rules.strict.f1)
        for name in names
        if (cell := charted.taggers.get(name))
    ]
    parts = (
        html.tag("p", ABOUT.say(language), class_="note"),
        html.tag("p", html.tag("b", charted.title)),
        chart.drawn(points, language),
        html.table(headers, rows, numeric=range(1, len(headers))),
    )
    return html.details(TITLE.say(language), html.tag("div", *parts, class_="figures"))


def _f1(cell: Cell | None) -> str:
    return f"{cell.rules.strict.f1:.3f}" if cell else "–"


def _costs(cell: Cell | None, memory: float | None) -> list[str]:
    costs = [f"{cell.milliseconds:.1f}", f"{cell.disk_mb:.0f}"] if cell else ["–", "–"]
    return [*costs, "–" if memory is None else f"{memory:.0f}"]
