"""One sentence as every check sees it."""

from __future__ import annotations

from dataclasses import dataclass

from samovar.marketing.facts.quantity import Quantity
from samovar.records import Token


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold a sentence, parsed once."""

    text: str
    tokens: tuple[Token, ...]
    stems: tuple[str, ...]
    """One for each token; empty for signs and for words that say nothing."""
    quantities: tuple[Quantity, ...]

    @property
    def known(self) -> frozenset[str]:
        """Return the stems without the empty one."""
        return frozenset(self.stems) - {""}

    def around(self) -> frozenset[str]:
        """Return the stems that stand outside of every quantity."""
        return frozenset(
            stem
            for token, stem in zip(self.tokens, self.stems, strict=True)
            if stem and not any(q.start <= token.start < q.end for q in self.quantities)
        )

    def stems_in(self, start: int, end: int) -> list[str]:
        """Return the stems of the words between two places of the text."""
        return [
            stem
            for token, stem in zip(self.tokens, self.stems, strict=True)
            if stem and start <= token.start < end
        ]
