"""What one vocabulary makes of a text, beside others."""

from __future__ import annotations

from dataclasses import dataclass

from samovar.records import Cost, Piece


@dataclass(frozen=True, slots=True)
class Side:
    """Hold one vocabulary's side of a comparison."""

    id: str
    """In the catalog or on the Hub."""
    title: str
    size: int
    """Entries of the vocabulary."""
    tokens: int
    """Of the whole text."""
    unknown: int
    """Tokens that stand for something the vocabulary cannot write; the text is lost there."""
    pieces: tuple[Piece, ...]
    """Of the beginning of the text."""
    terms: tuple[int, ...]
    """Into how many pieces each term is cut inside a text."""
    grown: bool = False
    """Whether the terms were added to it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Hold the sides of one text and what it cost; sizes are those of the whole text."""

    sides: tuple[Side, ...]
    terms: tuple[str, ...]
    characters: int
    words: int
    cost: Cost
    file: str = ""
