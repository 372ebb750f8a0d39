"""Sequences of tokens that one pass reads together: each shared beginning is read once.

    «the cat sat» and «the cat ran», «a dog»    the ── cat ─┬─ sat        a ── dog
                                                            └─ ran

All answers of a question hang on that question, all questions on their common introduction. A token
sees its ancestors and itself, and its position is its depth: the model computes for it what it would
compute in a sequence of its own. There is no padding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

ROOT = -1
"""Parent of a sequence's first token."""


@dataclass(slots=True)
class Forest:
    """Hold the tokens of one pass, each after its parent."""

    tokens: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    """Place of the token before, or ROOT."""
    depths: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Of each sequence: its number among those given."""
    paths: list[list[int]] = field(default_factory=list)
    """Of each sequence: the places of its tokens."""

    def added(self, sequence: Sequence[int]) -> int:
        """Return how many tokens `sequence` would add."""
        return len(sequence) - self._shared(sequence)

    def add(self, place: int, sequence: Sequence[int]) -> None:
        """Take in `sequence`, which comes after those here in the order of their tokens."""
        shared = self._shared(sequence)
        path = self.paths[-1][:shared] if shared else []
        for token in sequence[shared:]:
            self.parents.append(path[-1] if path else ROOT)
            self.depths.append(len(path))
            path.append(len(self.tokens))
            self.tokens.append(token)
        self.places.append(place)
        self.paths.append(path)

    def visible(self) -> NDArray[np.bool_]:
        """Return what each token sees: [tokens, tokens], true where the column is an ancestor or itself."""
        seen = np.eye(len(self.tokens), dtype=np.bool_)
        for at, parent in enumerate(self.parents):
            if parent != ROOT:
                seen[at] |= seen[parent]
        return seen

    def _shared(self, sequence: Sequence[int]) -> int:
        """Return the length of the beginning shared with the last sequence, the nearest one."""
        if not self.paths:
            return 0
        pairs = zip(self.paths[-1], sequence, strict=False)
        differing = (at for at, (place, token) in enumerate(pairs) if self.tokens[place] != token)
        return next(differing, min(len(self.paths[-1]), len(sequence)))


def planted(sequences: Sequence[Sequence[int]], most: int) -> Iterator[Forest]:
    """Yield forests that hold all `sequences`, each of at most `most` tokens.

    Only a sequence longer than that stands alone in a larger one.
    """
    forest = Forest()
    for place in sorted(range(len(sequences)), key=lambda at: tuple(sequences[at])):
        if forest.places and len(forest.tokens) + forest.added(sequences[place]) > most:
            yield forest
            forest = Forest()
        forest.add(place, sequences[place])
    if forest.places:
        yield forest
