"""A request and a text beside it, with everything that was measured of the two."""

from __future__ import annotations

from dataclasses import dataclass

from samovar.paraphrase.analysis.difference import Difference
from samovar.paraphrase.analysis.request import Request
from samovar.records import Token

CONTENT = frozenset("NOUN VERB ADJ ADV PROPN NUM PRON".split())
"""Parts of speech that carry a message."""
POLITE = frozenset("please kindly just thank thanks пожалуйста просто спасибо".split())
"""Lemmas that carry none."""
WRITTEN = {"n't": "not", "n’t": "not", "'ll": "will", "'s": "is", "ca": "can", "wo": "will"}
"""Part of a contraction → the word."""
Words = tuple[str, ...]
"""Lemmas in the order of their text."""


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
    def same_core(self) -> bool:
        """Tell whether both say the very same words behind their openings: nothing is to be verified."""
        return not self.differences and _plain(self.source) == _plain(self.text)

    @property
    def new_core(self) -> bool:
        """Tell whether the text rewords: behind its opening it has other content words or another syntax."""
        old, new = spoken(self.source), spoken(self.text)
        if set(old) != set(new):
            return True
        return not shifted(old, new) and arcs(self.source) != arcs(self.text)


def spoken(request: Request) -> Words:
    """Return the content words of the core, in their order."""
    return tuple(token.lemma for token in _kept(request).values())


def shifted(old: Words, new: Words) -> bool:
    """Tell whether `new` is `old`, or `old` with a run of words moved to its front or its end.

    >>> shifted(("call", "Ann", "tomorrow"), ("tomorrow", "call", "Ann"))
    True
    """
    places = range(len(old) + 1)
    runs = ((old[:at], old[at:end], old[end:]) for at in places for end in places[at:])
    return any(new in (run + front + rest, front + rest + run) for front, run, rest in runs)


def arcs(request: Request) -> frozenset[frozenset[str]]:
    """Return which content words of the core hang together.

    A parser may hang the same words elsewhere behind another opening: only where their order has
    changed, too, is it another syntax.
    """
    kept = _kept(request)
    return frozenset(
        frozenset({request.tokens[token.head].lemma, token.lemma})
        for at, token in kept.items()
        if token.head in kept and token.head != at
    )


def _plain(request: Request) -> Words:
    """Return every word of the core, polite ones left out."""
    told = (token for token in request.core if token.pos != "PUNCT" and token.lemma not in POLITE)
    return tuple(WRITTEN.get(token.lower, token.lower) for token in told)


def _kept(request: Request) -> dict[int, Token]:
    """Return the content words of the core by their numbers; pronouns name no new thing."""
    core = {token.start for token in request.core}
    return {
        at: token
        for at, token in enumerate(request.tokens)
        if token.start in core and token.pos in CONTENT - {"PRON"} and token.lemma not in POLITE
    }
