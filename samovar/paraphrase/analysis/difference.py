"""A difference between two requests, and how it is said to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from samovar.phrases import Phrase

Kind = Literal[
    "literal", "number", "unit", "bound", "name", "roles", "clauses", "condition", "order", "polarity",
    "owner", "direction", "quantifier", "choice", "plural", "act", "lost", "added",
]  # fmt: skip
CHANGED = Phrase("«{old}» became «{new}»", "«{old}» стало «{new}»")
GONE = Phrase("«{old}» is gone", "пропало «{old}»")
NEW = Phrase("«{new}» is new", "появилось «{new}»")
SAID: dict[Kind, Phrase] = {
    "roles": Phrase("{word}: {old}, not {new}", "{word}: {old}, а не {new}"),
    "clauses": Phrase(
        "{word} belongs to {old}, not to {new}", "«{word}» относится к «{old}», а не к «{new}»"
    ),
    "order": Phrase(
        "{old} became {new}: the order is turned", "{old} стало {new}: порядок обратный"
    ),
    "polarity": Phrase("{old} became {new}", "{old} стало {new}"),
    "plural": Phrase("{old} became {new}: one or several", "{old} стало {new}: один или несколько"),
    "act": Phrase("a {old} became a {new}", "{old} вместо этого {new}"),
}
"""Kinds with a sentence of their own; the others say what changed, is gone or is new."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one thing in which two requests differ, with the words of either side."""

    kind: Kind
    old: str
    """Empty where something is new."""
    new: str
    """Empty where something is gone."""
    word: str = ""
    """The word that stands otherwise, of `roles` and `clauses`."""
    certain: bool = False
    """Of literals and quantities: it decides alone; all others are evidence."""

    @property
    def phrase(self) -> Phrase:
        """Return the sentence for people, naming the words.

        >>> Difference("bound", "at least 6", "6").phrase.say("en")
        '«at least 6» became «6»'
        """
        plain = CHANGED if self.old and self.new else GONE if self.old else NEW
        said = SAID.get(self.kind, plain)
        return said.filled(old=self.old, new=self.new, word=self.word)
