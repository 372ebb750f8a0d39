"""A request and a text beside it, with everything that was measured of the two."""

from __future__ import annotations

from dataclasses import dataclass

from samovar.paraphrase.analysis.difference import Difference
from samovar.paraphrase.analysis.request import Request
from samovar.records import Token

CONTENT = frozenset("NOUN VERB ADJ ADV PROPN NUM PRON".split())
"""Parts of speech that carry a message."""
POLITE = frozenset("please kindly just пожалуйста просто".split())
"""Lemmas that carry none."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Hold a source and a text, each analysed once; the rules read this record and no string."""

    source: Request
    text: Request
    similarity: float
    """Cosine of both by the encoder."""
    differences: tuple[Difference, ...]
    small: float | None = None
    """How likely both ask for the same, by the small verifier; None where there is none."""
    larger: float | None = None
    """The same by the larger chat model; None where it was not asked."""

    @property
    def certain(self) -> tuple[Difference, ...]:
        """Return the differences that decide alone: literals and quantities."""
        return tuple(one for one in self.differences if one.certain)

    @property
    def new_core(self) -> bool:
        """Tell whether the text rewords: behind its opening it has other content words or another syntax."""
        return shape(self.source) != shape(self.text)


def shape(request: Request) -> tuple[frozenset[str], frozenset[frozenset[str]]]:
    """Return the content words of the core and which of them hang together, without their order.

    A word that moves to the front ("tomorrow, call Ann") leaves the shape as it was.
    """
    core = {token.start for token in request.core}
    kept = {
        at: token
        for at, token in enumerate(request.tokens)
        if token.start in core and _carries(token)
    }
    arcs = {
        frozenset({request.tokens[token.head].lemma, token.lemma})
        for at, token in kept.items()
        if token.head in kept and token.head != at
    }
    return frozenset(token.lemma for token in kept.values()), frozenset(arcs)


def _carries(token: Token) -> bool:
    return token.pos in CONTENT and token.lemma not in POLITE
