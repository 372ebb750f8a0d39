"""Where the vectors of the visitor's terms begin, by each way there is: the tokens nearest to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from markupsafe import Markup

from samovar import html
from samovar.errors import InputError
from samovar.phrases import Language, Phrase
from samovar.records import Cost
from samovar.tokenizer.card import near
from samovar.tokenizer.core import Grown, Neighbour, Term, grown, neighbours
from samovar.tokenizer.result import ENGINE, source
from samovar.tokenizer.texts.terms import checked
from samovar.tokenizer.vocabulary.embeddings import Embeddings, Matrix, embeddings
from samovar.tokenizer.vocabulary.initial import INITIAL, initial
from samovar.tool import Shown

MEAN = "mean"
NEAREST = 5
SHOWN = 20
"""Terms in the table; the file has all."""

NONE = Phrase("There is no new term whose vector could begin.", "Нет ни одного нового термина.")
ADD = Phrase(
    "Type or tick a term that is more than one token.",
    "Впишите или отметьте термин, который не является одним токеном.",
)
TERM = Phrase("Term", "Термин")
WAY = Phrase("Begins as", "С чего начинается")
CLOSE = Phrase("Nearest tokens (cosine)", "Ближайшие токены (косинус)")
TOLD = Phrase(
    "A new token needs a vector, the row of numbers that stands for it inside the model, before any "
    "training. Cosine: 1 where two vectors point the same way, about 0 where they have nothing in common. "
    "* marks pieces of the term itself.",
    "Новому токену ещё до обучения нужен вектор — ряд чисел, которым он записан внутри модели. Косинус: 1, "
    "если два вектора смотрят в одну сторону, около 0, если общего нет. Звёздочкой отмечены кусочки самого "
    "термина.",
)
AS_MEAN = Phrase(
    "as the mean: the text has the term fewer than five times",
    "как среднее: в тексте термин встречается меньше пяти раз",
)
FIRST = Phrase(
    "The first {n} terms are shown; the file has all.", "Показаны первые термины: {n}. В файле все."
)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Hold the vector with which a term begins by one way, as its nearest tokens."""

    term: Term
    way: str
    neighbours: tuple[Neighbour, ...]
    as_mean: bool
    """Whether this way falls back to the mean of the pieces."""


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Hold the beginnings of all terms, those of one term together."""

    rows: tuple[Beginning, ...]
    cost: Cost


def beginnings(text: object, terms: object, case: bool) -> Beginnings:
    """Return where each of `terms` begins by each way; `text` tells how its words are used.

    Raises:
        InputError: a text or a term that is not accepted, or none that is new.
        ModelError: the weights are missing or altered.
        StoreError: the cache cannot be written.
    """
    corpus, vocabulary = source(text), embeddings()
    wanted = tuple(checked(terms, vocabulary.tokenizer))
    began = perf_counter()
    larger = grown(vocabulary, wanted, case)
    new = [term for term in larger.terms if term.status == "added"]
    if not new:
        raise InputError(NONE, ADD)
    texts = corpus.parts()
    ways = {way: _rows(way, larger, vocabulary, texts, new) for way in INITIAL}
    found = {way: neighbours(rows, new, vocabulary, NEAREST) for way, rows in ways.items()}
    rows = tuple(
        Beginning(term, way, found[way][at], way != MEAN and _same(at, way, ways))
        for at, term in enumerate(new)
        for way in INITIAL
    )
    cost = Cost((perf_counter() - began) * 1000, vocabulary.model.title, ENGINE)
    return Beginnings(rows, cost)


def _rows(
    way: str, larger: Grown, vocabulary: Embeddings, texts: Sequence[str], new: Sequence[Term]
) -> Matrix:
    """Return the vector of each of the `new` terms, float32 [terms, dimensions]."""
    extension = larger.extension
    rows = initial(way, extension, vocabulary.rows, texts)
    return rows[[term.id - extension.first for term in new]]


def _same(at: int, way: str, ways: Mapping[str, Matrix]) -> bool:
    return bool(np.array_equal(ways[way][at], ways[MEAN][at]))


def card(begun: Beginnings, language: Language) -> Shown:
    """Return the table of beginnings."""
    ways = len(INITIAL)
    shown = begun.rows[: SHOWN * ways]
    rows = [
        [
            html.tag("bdi", row.term.term) if at % ways == 0 else "",
            INITIAL[row.way].title.say(language),
            AS_MEAN.say(language) if row.as_mean else near(row.neighbours),
        ]
        for at, row in enumerate(shown)
    ]
    headers = [phrase.say(language) for phrase in (TERM, WAY, CLOSE)]
    body: list[Markup] = [
        html.tag("p", TOLD.say(language), class_="note"),
        html.tag("div", html.table(headers, rows), class_="begun"),
    ]
    if len(shown) < len(begun.rows):
        body.append(html.tag("p", FIRST.say(language, n=SHOWN), class_="note"))
    listed = [
        {"term": row.term.term, "way": row.way, "nearest": one.piece, "cosine": one.cosine}
        for row in begun.rows
        for one in row.neighbours
    ]
    return Shown(html.join(body), begun.cost, (html.spreadsheet("samovar-beginnings", listed),))
