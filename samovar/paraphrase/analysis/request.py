"""The record of one analysed text; every rule reads it and none splits the text again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from samovar.paraphrase.analysis.literals import Literal
from samovar.paraphrase.analysis.numbers.quantity import Quantity
from samovar.phrases import Language
from samovar.records import Token

Act = OneOf["command", "question", "wish", "advice", "statement", "promise"]
ClauseKind = OneOf["main", "conjoined", "condition", "time", "purpose", "other"]


@dataclass(frozen=True, slots=True)
class Argument:
    """Hold one argument of a frame."""

    role: str
    """subject, object, to, from, time or the preposition that marks it."""
    lemma: str
    """Of its head; a literal's value; me, you or they for pronouns."""
    token: int
    """Number of its head."""
    owner: str = ""
    """Whose it is: me, you, he, she, they or a name."""
    number: str = ""
    """sing, plur or empty."""
    modifiers: frozenset[str] = frozenset()
    quantifier: str = ""
    """only, all, any, except, even."""
    negated: bool = False
    kind: str = ""
    """person, place, other name, time, pronoun; empty for things."""
    joined: str = ""
    """and, or: how it is coordinated with the argument before it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold one predicate and what takes part in it."""

    predicate: str
    """Lemma, with its particle: turn off."""
    token: int
    arguments: tuple[Argument, ...]
    negated: bool
    clause: int
    """Number of the clause."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Hold one clause: what it is to the clause above it."""

    kind: ClauseKind
    token: int
    """Number of its predicate."""
    marker: str = ""
    """What its conjunction says: if, unless, before, after, until, when, because, though."""
    above: int = 0
    """Number of the clause that it belongs to."""


@dataclass(frozen=True, slots=True)
class Request:
    """Hold what a text asks for."""

    text: str
    language: Language
    tokens: tuple[Token, ...]
    literals: tuple[Literal, ...]
    quantities: tuple[Quantity, ...]
    names: tuple[str, ...]
    """Lemmas of names, without literals."""
    clauses: tuple[Clause, ...]
    frames: tuple[Frame, ...]
    act: Act
    core: tuple[Token, ...]
    """The tokens that are left when the polite opening is taken off."""
    quantifiers: frozenset[str] = frozenset()
    """only, all, except … wherever they stand."""
    negations: int = 0
