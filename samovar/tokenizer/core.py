"""What a vocabulary gains from new terms: pieces before and after, and where a new vector lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer

from samovar.records import Piece
from samovar.tokenizer.embeddings import Embeddings, Matrix
from samovar.tokenizer.vocabulary import pieces, token_text

NEIGHBOURS = 8
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
class Term:
    """Hold one term: its pieces in running text, its id and its vector's neighbours."""

    term: str
    pieces: tuple[Piece, ...]
    id: int
    status: Status
    neighbours: tuple[Neighbour, ...] = ()


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


def compare(text: str, terms: Sequence[str], vocabulary: Embeddings) -> Comparison:
    """Return the pieces of `text` before and after `terms` were added to `vocabulary`.

    The new vector of a term is the mean of its pieces' vectors; its neighbours are the nearest
    tokens by cosine, control tokens left out.
    """
    plain = vocabulary.tokenizer
    known = [described(term, plain) for term in terms]
    grown = vocabulary.grown([added(term.term) for term in known if term.status == "added"])
    numbered = [
        replace(term, id=grown.token_to_id(term.term) or 0) if term.status == "added" else term
        for term in known
    ]
    new = {term.id for term in numbered if term.status == "added"}
    before = pieces(plain, text)
    after = [part for piece in pieces(grown, text) for part in _parts(piece, new, plain, text)]
    return Comparison(
        tuple(before),
        tuple(after),
        counts(len(before), len(after)),
        tuple(_with_neighbours(numbered, vocabulary, plain)),
    )


def described(term: str, tokenizer: Tokenizer) -> Term:
    """Return `term` with its pieces as they stand inside a text, after a space.

    >>> [p.piece for p in described("kubectl", tokenizer).pieces]  # doctest: +SKIP
    [' k', 'ub', 'ect', 'l']
    """
    inside = [
        replace(piece, start=max(piece.start - 1, 0), end=piece.end - 1)
        for piece in pieces(tokenizer, f" {term}")
        if piece.end > 1  # a piece that is only the space is no part of the term
    ]
    alone = pieces(tokenizer, term)
    for form in (inside, alone):
        if len(form) == 1:
            return Term(term, tuple(form), form[0].id, "one token already")
    return Term(term, tuple(inside), -1, "added")


def added(term: str) -> AddedToken:
    """Return `term` as a token to add: whole words only, taking the space before it along.

    Byte-level vocabularies count the space before a word to the word; without `lstrip` the new
    token would leave it behind as a token of its own, and most of the saving would be lost.
    """
    return AddedToken(term, single_word=True, lstrip=True, normalized=False)


def counts(before: int, after: int) -> Counts:
    """Return the numbers of tokens and what was saved.

    >>> counts(8, 6)
    Counts(before=8, after=6, saved=2, saved_percent=25.0)
    """
    saved = before - after
    return Counts(before, after, saved, round(100 * saved / before, 1) if before else 0.0)


def _parts(piece: Piece, new: set[int], plain: Tokenizer, text: str) -> list[Piece]:
    """Give back the white space that an added token took along, but for a single space.

    The library lets such a token swallow whole empty lines, which no decoder could restore.
    """
    whole = text[piece.start : piece.end]
    space = whole[: len(whole) - len(whole.lstrip())]
    if piece.id not in new or space in ("", " "):
        return [piece]
    kept = space[:-1] if space.endswith(" ") else space
    start = piece.start + len(kept)
    blank = [
        replace(p, start=p.start + piece.start, end=p.end + piece.start)
        for p in pieces(plain, kept)
    ]
    return [*blank, Piece(text[start : piece.end], piece.id, start, piece.end)]


def _with_neighbours(
    terms: Sequence[Term], vocabulary: Embeddings, plain: Tokenizer
) -> Iterator[Term]:
    new = [term for term in terms if term.status == "added"]
    if not new:
        yield from terms
        return
    vectors = np.stack([mean_vector(term, vocabulary) for term in new])
    neighbours = iter(zip(*nearest(vectors, vocabulary), strict=True))
    for term in terms:
        if term.status != "added":
            yield term
            continue
        ids, cosines = next(neighbours)
        own = {piece.id for piece in term.pieces}
        yield replace(
            term,
            neighbours=tuple(
                Neighbour(token_text(plain, int(i)), int(i), round(float(c), 4), int(i) in own)
                for i, c in zip(ids, cosines, strict=True)
            ),
        )


def mean_vector(term: Term, vocabulary: Embeddings) -> Matrix:
    """Return the mean of the vectors of the term's pieces, float32 [dimensions]."""
    rows = vocabulary.rows[[piece.id for piece in term.pieces]]
    return np.asarray(rows.mean(axis=0), np.float32)


def nearest(vectors: Matrix, vocabulary: Embeddings) -> tuple[NDArray[np.intp], Matrix]:
    """Return ids and cosines [vectors, NEIGHBOURS] of the nearest tokens, best first."""
    norms = np.linalg.norm(vectors, axis=1)[:, None] * vocabulary.lengths[None, :]
    cosines = (vectors @ vocabulary.rows.T) / np.maximum(norms, 1e-12)
    cosines[:, list(vocabulary.control)] = -2
    best = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    order = np.argsort(-np.take_along_axis(cosines, best, 1), axis=1)
    ids = np.take_along_axis(best, order, 1)
    return ids, np.take_along_axis(cosines, ids, 1)
