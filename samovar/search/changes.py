"""Which questions did a change help, and which did it hurt? From the measured ranks of each question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from samovar import html
from samovar.figures.breakdown import Breakdown, Selector
from samovar.figures.results import RESULTS, read
from samovar.phrases import Language, Phrase

TITLE = Phrase("Wins and losses, question by question", "Победы и поражения по вопросам")
ABOUT = Phrase(
    "At which place the right article stands, before and after one change of the ranking. BM25 counts the "
    "words that a question and an article share; a cross-encoder is a model that reads both together.",
    "На каком месте стоит нужная статья до и после одного изменения в поиске. BM25 считает общие слова "
    "вопроса и статьи, кросс-энкодер — модель, которая читает их вместе.",
)
COMPARISON = Phrase("What changed", "Что изменилось")
QUESTIONS = Phrase("Questions", "Вопросы")
ROWS = {
    "bm25": Phrase("words (BM25)", "слова (BM25)"),
    "base": Phrase("meaning, untuned", "смысл, как есть"),
    "tuned": Phrase("meaning, tuned", "смысл, дообучен"),
    "hybrid": Phrase("meaning and words", "смысл и слова"),
    "rerank": Phrase("cross-encoder", "кросс-энкодер"),
}
PAIRS = (
    ("base", "tuned"),
    ("tuned", "hybrid"),
    ("base", "hybrid"),
    ("bm25", "hybrid"),
    ("hybrid", "rerank"),
)
"""Rows that are compared, the older one first."""
PAIR = Phrase("{old} → {new}", "{old} → {new}")
LANGUAGES: dict[str, Phrase] = {
    "en": Phrase("English", "на английском"),
    "ru": Phrase("Russian", "на русском"),
}
SUMMARY = Phrase(
    "{all} questions written for the encyclopedia: the right article stands higher for {wins}, lower "
    "for {losses}, at the same place for the others.",
    "Вопросов к энциклопедии: {all}. Нужная статья поднялась в {wins}, опустилась в {losses}, в "
    "остальных осталась на месте.",
)
QUESTION = Phrase("Question", "Вопрос")
BEFORE = Phrase("Before", "До")
AFTER = Phrase("After", "После")
BETTER = Phrase("better", "лучше")
WORSE = Phrase("worse", "хуже")
EFFECT = Phrase("Effect", "Итог")
SAME = Phrase("No question changed.", "Ничего не изменилось.")
NOT_FOUND = 101
"""Rank of an article beyond the first hundred, written as 0."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold what is read of the evaluation."""

    questions: Mapping[str, Sequence[Mapping[str, Any]]]
    """Language → rows: the question as `query`, the rank of its article under each of ROWS."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold one question and the rank of its first right article before and after, 0: not found."""

    question: str
    before: int
    after: int

    @property
    def gain(self) -> int:
        """Return how many places the article rose; below zero it fell."""
        return (self.before or NOT_FOUND) - (self.after or NOT_FOUND)


def breakdowns(language: Language, folder: Path = RESULTS) -> tuple[Breakdown, ...]:
    """Return what a visitor can look through, nothing where it was not measured.

    Questions in his `language` come first.
    """
    measured = pairs(folder)
    if not measured:
        return ()
    told = {f"{old} {new}": PAIR.filled(old=ROWS[old], new=ROWS[new]) for old, new in measured}
    spoken = {name: LANGUAGES[name] for name in sorted(LANGUAGES, key=lambda one: one != language)}
    selectors = (Selector("pair", COMPARISON, told), Selector("asked", QUESTIONS, spoken))

    def show(language: Language, pair: str, asked: str) -> Markup:
        old, new = pair.split()
        return card(changes(old, new, asked, folder), language)

    return (Breakdown(TITLE, ABOUT, selectors, show),)


def pairs(folder: Path = RESULTS) -> list[tuple[str, str]]:
    """Return the comparisons that were measured, none when there is no result."""
    rows = [row for one in _questions(folder).values() for row in one]
    return [pair for pair in PAIRS if any(row.keys() >= {*pair} for row in rows)]


def changes(old: str, new: str, language: str, folder: Path = RESULTS) -> list[Change]:
    """Return the questions in `language`, the greatest win first and the greatest loss last.

    A ranking may have been asked only some of them.
    """
    rows = _questions(folder).get(language, [])
    comparisons = [
        Change(row["query"], row[old], row[new]) for row in rows if row.keys() >= {old, new}
    ]
    return sorted(comparisons, key=lambda change: -change.gain)


def card(comparisons: Sequence[Change], language: Language) -> Markup:
    """Return the summary and the table of the questions that changed: wins first, then losses."""
    wins = [change for change in comparisons if change.gain > 0]
    losses = sorted(
        (change for change in comparisons if change.gain < 0), key=lambda change: change.gain
    )
    counts = {"all": len(comparisons), "wins": len(wins), "losses": len(losses)}
    summary = html.tag("p", SUMMARY.say(language, **counts))
    if not wins and not losses:
        return html.tag("div", summary, html.notice(SAME.say(language), "empty"), class_="answer")
    headers = [head.say(language) for head in (QUESTION, BEFORE, AFTER, EFFECT)]
    rows = [
        (
            html.tag("bdi", change.question),
            change.before or "—",
            change.after or "—",
            html.badge(
                *(
                    (BETTER.say(language), "good")
                    if change.gain > 0
                    else (WORSE.say(language), "bad")
                )
            ),
        )
        for change in (*wins, *losses)
    ]
    return html.tag("div", summary, html.table(headers, rows, numeric=(1, 2)), class_="answer")


def _questions(folder: Path) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return what `python -m eval.search` measured: language → a row a question."""
    measured = read("search", Measured, folder)
    return measured.questions if measured else {}
