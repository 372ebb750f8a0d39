"""Word alignment: which content words a candidate adds, and which it loses.

A word is matched by its stem, by a shipped group of words that may stand for each other, or by the
encoder. Like BERTScore (Zhang et al. 2020) it asks both ways; unlike it, one lost word is enough to
reject, because in a short command every content word is a detail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samovar.models.base import Encoder
from samovar.paraphrase.act import message
from samovar.paraphrase.words import content, stem
from samovar.phrases import Language

CLOSE = 0.925
"""Cosine of two words by multilingual-e5-small: taxi/cab .93, begin/start .96, but buy/sell .91."""
SHORTEST = 3
"""Shorter words are matched by stem and group only."""

Groups = dict[str, frozenset[int]]
"""Stem → numbers of the groups it belongs to."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Hold the content words without a partner on the other side."""

    added: tuple[str, ...]
    lost: tuple[str, ...]


@cache
def groups(path: Path, language: Language) -> Groups:
    """Read the groups of interchangeable words; a missing file is no groups."""
    if not path.is_file():
        return {}
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        for word in [] if line.startswith("#") else line.split():
            key = stem(word, language)
            found[key] = found.get(key, frozenset()) | {number}
    return found


def align(
    pairs: Sequence[tuple[str, str]], language: Language, encoder: Encoder, known: Groups
) -> list[Alignment]:
    """Return the alignment of each (original, candidate); all words are encoded at once."""
    said = message if language == "en" else str
    texts = dict.fromkeys(text for pair in pairs for text in pair)
    contents = {text: content(said(text), language) for text in texts}
    listed = list(dict.fromkeys(word for found in contents.values() for word in found))
    vectors = encoder.encode(listed)
    rows = {word: vectors[at] for at, word in enumerate(listed)}

    def partners(first: str, second: str) -> bool:
        one, two = stem(first, language), stem(second, language)
        if one == two or known.get(one, frozenset()) & known.get(two, frozenset()):
            return True
        long = min(len(first), len(second)) >= SHORTEST
        return (
            long and not _has_digit(first + second) and float(rows[first] @ rows[second]) >= CLOSE
        )

    def lonely(those: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
        return tuple(w for w in those if not any(partners(w, other) for other in others))

    sides = [(contents[original], contents[candidate]) for original, candidate in pairs]
    return [Alignment(lonely(new, old), lonely(old, new)) for old, new in sides]


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
