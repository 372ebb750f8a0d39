"""What differs between languages in the reading of a parse: tables, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

from samovar.paraphrase.analysis.numbers.notation import Notation

Side = OneOf["condition", "time", "purpose", "other"]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Hold the tables of one language; lemmas are the parser's."""

    noun: str
    """Stands for a literal while the text is parsed."""
    notation: Notation
    openings: tuple[str, ...]
    """Patterns of polite openings, in lower case; each is taken off the front, again and again."""
    markers: Mapping[str, tuple[Side, str]]
    """Lemma or words of a conjunction → kind of clause and what it says."""
    roles: Mapping[str, str]
    """Preposition → role; others are a role of their own."""
    cases: Mapping[str, str]
    """Case of a noun without a preposition → role."""
    persons: Mapping[str, str]
    """Pronoun (lemma or form) → me, you, he, she, they, it."""
    negators: frozenset[str]
    quantifiers: Mapping[str, str]
    """Lemma → only, all, any, except, even."""
    either: frozenset[str]
    """Conjunctions that leave a choice."""
    questions: frozenset[str]
    """Words that open a question."""
    modals: frozenset[str]
    """Verbs that open a request about something: "Could the lamp go off?"."""
    advice: frozenset[str]
    """Verbs and adverbs of advice."""
    wishes: frozenset[str]
    """Lemmas of verbs of wishing that remain in a wish."""
    prepositions: frozenset[str]
    """Those that tell a place in a sentence apart."""
    opposites: Mapping[str, str]
    """Particle or preposition → the one that turns the direction round."""
    closed: frozenset[str]
    """Lemmas that are no content: light verbs, polite words."""
