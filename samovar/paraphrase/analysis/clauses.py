"""Clauses of a text: main, conjoined, conditional, temporal, of purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from samovar.paraphrase.analysis.frames import Tree
from samovar.paraphrase.analysis.request import Clause, ClauseKind


def clauses(of: Tree, start: int) -> tuple[Clause, ...]:
    """Return the clauses in the order of the text; each knows the one above it.

    What opens a request ("I'd like you to …", up to the character `start`) is none: the clause below it
    takes its place.
    """
    found = [one for one in _found(of, start) if of.tokens[one.token].start >= start]
    if found and not any(one.kind == "main" for one in found):
        first = next(
            (one for one in found if one.kind in ("other", "purpose", "conjoined")), found[0]
        )
        found = [replace(one, kind="main", marker="") if one is first else one for one in found]
    numbers = {clause.token: number for number, clause in enumerate(found)}
    return tuple(
        replace(one, above=numbers.get(_above(of, one.token, numbers), 0)) for one in found
    )


def _found(of: Tree, start: int) -> Iterator[Clause]:
    for at, token in enumerate(of.tokens):
        verbal = token.pos in ("VERB", "AUX")
        opened = (
            of.tokens[token.head].start < start
            and verbal
            and token.relation in ("xcomp", "obj", "csubj")
        )
        if token.head == at:
            yield _marked(of, at, "main")
        elif verbal and token.relation in ("conj", "parataxis"):
            yield _marked(of, at, "conjoined")
        elif token.relation == "advcl" or (verbal and token.relation in ("ccomp", "acl")) or opened:
            yield _marked(of, at, "other")


def _marked(of: Tree, at: int, kind: ClauseKind) -> Clause:
    """Return the clause at `at`; its conjunction says what it is."""
    markers = of.grammar.markers
    for child in of.below(at, "mark", "advmod", "case", "obl", "fixed", "cc"):
        for words in _words(of, child):
            if words in markers:
                side, says = markers[words]
                return Clause(side, at, says)
    return Clause(kind, at)


def _words(of: Tree, at: int) -> Iterator[str]:
    """Yield a conjunction with the words around it, the longest first: "as soon as", «пока не»."""
    lemmas = [token.lemma for token in of.tokens]
    for start, end in (
        (at - 2, at + 1),
        (at, at + 3),
        (at - 1, at + 1),
        (at, at + 2),
        (at, at + 1),
    ):
        if start >= 0:
            yield " ".join(lemmas[start:end])


def _above(of: Tree, at: int, numbers: dict[int, int]) -> int:
    head = of.tokens[at].head
    while head not in numbers and of.tokens[head].head != head:
        head = of.tokens[head].head
    return head
