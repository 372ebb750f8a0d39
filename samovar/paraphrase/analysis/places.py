"""Where the words of a request stand: of which predicate, in which role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samovar.paraphrase.analysis.request import Argument, Clause, Frame, Request

ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"to", "for", "для"}),
    frozenset({"on", "at", "in", "time", "в", "на", ""}),
    frozenset({"subject", "by", "with"}),
    frozenset({"of", "from", "about", "о", "про", "об"}),
)
"""Roles that one and the same argument may have in other words: "buy Ann a book", "a book for Ann"."""
TURNED = {
    ("if", True): "unless",
    ("unless", True): "if",
    ("while", True): "until",
    ("until", True): "while",
}
"""Conjunction of a negated clause → the one that says the same of the plain clause."""


@dataclass(frozen=True, slots=True)
class Place:
    """Say where a word stands."""

    predicate: str
    role: str
    argument: Argument

    @property
    def said(self) -> str:
        """Return the place for people: "call", "send from"."""
        shown = (
            ""
            if self.role in ("object", "")
            else f" ({self.role})"
            if self.role == "subject"
            else f" {self.role}"
        )
        return f"{self.predicate}{shown}"


def places(request: Request) -> dict[str, list[Place]]:
    """Return the places of each argument's lemma; whom an order is given to is no argument of it."""
    found: dict[str, list[Place]] = {}
    for frame in request.frames:
        for one in frame.arguments:
            told = one.lemma == "you" and one.role == "subject"
            if not told and one.lemma not in ("it", "they"):
                found.setdefault(one.lemma, []).append(Place(frame.predicate, one.role, one))
    return found


def alike(one: Place, other: Place) -> bool:
    """Tell whether two places may be one, said otherwise."""
    roles = {one.role, other.role}
    return one.predicate == other.predicate and (
        len(roles) == 1 or any(roles <= group for group in ALIKE)
    )


def single(found: dict[str, list[Place]], lemma: str) -> Place | None:
    """Return the one place of `lemma`, None where it has several or none; its subjects do not count."""
    listed = found.get(lemma, [])
    tokens = {place.argument.token for place in listed}
    return listed[0] if len(tokens) == 1 else None


def sided(request: Request) -> Iterator[tuple[Clause, Frame, str]]:
    """Yield each conditional or temporal clause with its frame and what its conjunction says.

    "if he does not" is "unless he does".
    """
    frames = {frame.token: frame for frame in request.frames}
    for clause in request.clauses:
        frame = frames.get(clause.token)
        if frame and clause.marker and clause.kind in ("condition", "time"):
            yield clause, frame, TURNED.get((clause.marker, frame.negated), clause.marker)


def orders(request: Request) -> set[tuple[str, str]]:
    """Return (first, second) of predicates whose order is told by before, after or until."""
    frames = {frame.token: frame.predicate for frame in request.frames}
    found = set()
    for clause, frame, says in sided(request):
        main = frames.get(request.clauses[clause.above].token, "")
        if main and main != frame.predicate and says in ("before", "after", "when"):
            found.add((main, frame.predicate) if says == "before" else (frame.predicate, main))
    return found
