"""Words that a vocabulary cuts into many pieces and a text uses often: candidates for new terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tokenizers import Tokenizer

from samovar.tokenizer.texts.terms import LONGEST

WORD = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
"""Letters and digits; a hyphen or an underscore inside belongs to the word: kube-proxy, max_pods."""
SHORTEST = 3
"""Characters: what is shorter is a particle or a letter of a formula."""
RARE, LEAST = 2_000, 5
"""Of so many words one must occur once more to be no rare one; in the longest texts five times."""
OFFERED = 24
"""Candidates that a person still reads through."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Hold a word of a text that would save tokens as a term of its own."""

    term: str
    count: int
    pieces: int
    """Into which it is cut in running text, after a space (its fertility)."""
    saved: int
    """Tokens of the text that one token in place of the pieces would save."""


def candidates(
    texts: Iterable[str], tokenizer: Tokenizer, most: int = OFFERED
) -> tuple[Candidate, ...]:
    """Return the words that save most, best first: fertility × frequency.

    Each spelling counts for itself, as a term applies in its own case only. Words that are one token
    already, rare ones and those without a letter are left out.
    """
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(WORD.findall(text))
    least = min(LEAST, 1 + counted.total() // RARE)
    often = [word for word, count in counted.items() if count >= least and _fit(word)]
    encodings = tokenizer.encode_batch_fast(
        [f" {word}" for word in often], add_special_tokens=False
    )
    found = (
        Candidate(word, counted[word], pieces, counted[word] * (pieces - 1))
        for word, encoding in zip(often, encodings, strict=True)
        if (pieces := len(encoding.ids)) > 1
    )
    return tuple(sorted(found, key=lambda one: (-one.saved, one.term))[:most])


def offered(candidate: Candidate) -> str:
    """Return how a candidate is written: the word, how often, and into how many pieces it is cut.

    >>> offered(Candidate("kubectl", 12, 4, 36))
    'kubectl 12×4'
    """
    return f"{candidate.term} {candidate.count}×{candidate.pieces}"


def _fit(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and any(char.isalpha() for char in word)
