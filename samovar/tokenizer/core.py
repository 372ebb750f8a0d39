"""What a vocabulary gains from new terms: pieces before and after, and where a new vector lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from samovar.records import Piece
from samovar.tokenizer.extension import Extension, extend
from samovar.tokenizer.vocabulary.embeddings import Embeddings, Matrix
from samovar.tokenizer.vocabulary.pieces import pieces, token_text, tokenizer_of

NEIGHBOURS = 8
KEPT = 4
"""Grown vocabularies kept for the next request; some 50 MB each."""
Status = Literal["added", "one token already"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Hold a token whose vector points in a similar direction."""

    piece: str
    id: int
    cosine: float
    own: bool
    """True for a piece of the term itself: the mean always lies near its own parts."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Hold one way in which a term stands in a text, as an entry of the grown vocabulary."""

    text: str
    """With a space before it inside a line, without one at its beginning."""
    id: int
    new: bool
    """False: it was one token already."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one term: its pieces in running text, its id there and its vector's neighbours."""

    term: str
    pieces: tuple[Piece, ...]
    id: int
    status: Status
    neighbours: tuple[Neighbour, ...] = ()
    spellings: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Hold numbers of tokens; `saved_percent` is a share of `before`."""

    before: int
    after: int
    saved: int
    saved_percent: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold the pieces of a text before and after terms were added."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    counts: Counts
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """Hold a vocabulary with its new terms; requests share it."""

    extension: Extension
    tokenizer: Tokenizer
    terms: tuple[Term, ...]


def compare(
    text: str, terms: Sequence[str], vocabulary: Embeddings, case: bool = False
) -> Comparison:
    """Return the pieces of `text` before and after `terms` were added to `vocabulary`.

    `case` adds the Capitalised and UPPER spellings of each term too. The new vector of a term is the
    mean of its pieces' vectors; its neighbours are the nearest tokens by cosine, control tokens left out.

    Raises:
        InputError: a term is an entry of the vocabulary that stands for something else.
    """
    larger = grown(vocabulary, tuple(terms), case)
    before, after = pieces(vocabulary.tokenizer, text), pieces(larger.tokenizer, text)
    sizes = counts(len(before), len(after))
    return Comparison(tuple(before), tuple(after), sizes, larger.terms)


@lru_cache(KEPT)
def grown(vocabulary: Embeddings, terms: tuple[str, ...], case: bool) -> Grown:
    """Return `vocabulary` with `terms` (0.3 s, more for hundreds of them).

    Raises:
        InputError: a term is an entry of the vocabulary that stands for something else.
    """
    extension = extend(vocabulary.source, terms, case)
    tokenizer = tokenizer_of(extension.source) if extension.added else vocabulary.tokenizer
    described = [_term(term, extension, vocabulary.tokenizer) for term in extension.terms]
    return Grown(extension, tokenizer, tuple(_with_neighbours(described, vocabulary)))


def counts(before: int, after: int) -> Counts:
    """Return the numbers of tokens and what was saved.

    >>> counts(8, 6)
    Counts(before=8, after=6, saved=2, saved_percent=25.0)
    """
    saved = before - after
    return Counts(before, after, saved, round(100 * saved / before, 1) if before else 0.0)


def _term(term: str, extension: Extension, plain: Tokenizer) -> Term:
    """Describe one term: as it stands after a space, or without one where only that is new."""
    new = {form.id for form in extension.added}
    spellings = tuple(
        Spelling(form.text, form.id, form.id in new, tuple(pieces(plain, form.text)))
        for form in extension.forms(term)
    )
    own = [one for one in spellings if one.text.lstrip(" ") == term]
    first = min(own, key=lambda one: (not one.new, not one.text.startswith(" ")))
    status: Status = "added" if first.new else "one token already"
    return Term(term, first.pieces, first.id, status, (), spellings)


def _with_neighbours(terms: Sequence[Term], vocabulary: Embeddings) -> Iterator[Term]:
    new = [term for term in terms if term.status == "added"]
    vectors = np.array([mean_vector(term, vocabulary) for term in new], np.float32)
    found = dict(zip(new, neighbours(vectors, new, vocabulary), strict=True)) if new else {}
    for term in terms:
        yield replace(term, neighbours=found.get(term, ()))


def neighbours(
    vectors: Matrix, terms: Sequence[Term], vocabulary: Embeddings, most: int = NEIGHBOURS
) -> list[tuple[Neighbour, ...]]:
    """Return the tokens nearest to each of `vectors`, float32 [terms, dimensions], best first."""
    listed = []
    for term, ids, cosines in zip(terms, *nearest(vectors, vocabulary, most), strict=True):
        own = {piece.id for piece in term.pieces}
        listed.append(
            tuple(
                Neighbour(token_text(vocabulary.tokenizer, id), id, round(cosine, 4), id in own)
                for id, cosine in zip(ids.tolist(), cosines.tolist(), strict=True)
            )
        )
    return listed


def mean_vector(term: Term, vocabulary: Embeddings) -> Matrix:
    """Return the mean of the vectors of the term's pieces, float32 [dimensions]."""
    rows = vocabulary.rows[[piece.id for piece in term.pieces]]
    return np.asarray(rows.mean(axis=0), np.float32)


def nearest(vectors: Matrix, vocabulary: Embeddings, most: int) -> tuple[NDArray[np.intp], Matrix]:
    """Return ids and cosines [vectors, most] of the nearest tokens, best first."""
    norms = np.linalg.norm(vectors, axis=1)[:, None] * vocabulary.lengths[None, :]
    cosines = (vectors @ vocabulary.rows.T) / np.maximum(norms, 1e-12)
    cosines[:, list(vocabulary.control)] = -2
    best = np.argpartition(-cosines, most, axis=1)[:, :most]
    order = np.argsort(-np.take_along_axis(cosines, best, 1), axis=1)
    ids = np.take_along_axis(best, order, 1)
    return ids, np.take_along_axis(cosines, ids, 1)
