"""Word alignment: which content words a candidate adds, and which it loses.

A word is matched by its stem (in Russian by its dictionary form), by a shipped group of words that
may stand for each other, or by the encoder: beside "bed" a new "bedroom" is not near it but one more.
Like BERTScore (Zhang et al. 2020) it asks both ways; unlike it, one lost word is enough to reject,
because in a short command every content word is a detail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samovar.models.base import Encoder
from samovar.morphology import flat
from samovar.paraphrase import content_ru
from samovar.paraphrase.act import act, message
from samovar.paraphrase.numbers import numbers
from samovar.paraphrase.speech import Act
from samovar.paraphrase.words import content, stem
from samovar.phrases import Language

CLOSE = 0.925
"""Cosine of two words by multilingual-e5-small: taxi/cab .93, begin/start .96, but buy/sell .91."""
CLOSE_RU = 0.95
"""The same in Russian: купить/приобрести .957, but больше/меньше .921."""
ROOT = 5
"""Russian words with one ending this long may differ by a prefix that turns them round:
заблокировать/разблокировать .981. The encoder is not asked about them."""
LOOKALIKE = 3
"""English words that begin with as many letters are near by these alone: mute/mutilate .93. Unless one
stem begins with the other (verify/verification), the encoder is not asked; the groups may name them."""
SHORTEST = 3
"""Shorter words are matched by stem and group only."""

Groups = dict[str, frozenset[int]]
"""Stem (of a Russian word: dictionary form) → numbers of the groups it belongs to."""


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
            key = flat(word) if language == "ru" else stem(word, language)
            found[key] = found.get(key, frozenset()) | {number}
    return found


def align(
    pairs: Sequence[tuple[str, str]], language: Language, encoder: Encoder, known: Groups
) -> list[Alignment]:
    """Return the alignment of each (original, candidate); all words are encoded at once."""
    texts = dict.fromkeys(text for pair in pairs for text in pair)
    contents = {text: _content(text, language) for text in texts}
    listed = list(dict.fromkeys(word for found in contents.values() for word in found))
    rows = dict(zip(listed, encoder.encode(listed), strict=True)) if listed else {}

    def near(first: str, second: str) -> bool:
        close = CLOSE if language == "en" else CLOSE_RU
        known = _comparable(first, second, language)
        return known and float(rows[first] @ rows[second]) >= close

    def lonely(those: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
        free = [other for other in others if not _there(other, those, language)]
        return tuple(
            word
            for word in those
            if not any(_same(word, other, language, known) for other in others)
            and not any(near(word, other) for other in free)
        )

    found = []
    for original, candidate in pairs:
        old, new = contents[original], contents[candidate]
        one = Alignment(lonely(new, old), lonely(old, new))
        found.append(_served(original, candidate, one) if language == "ru" else one)
    return found


def _content(text: str, language: Language) -> list[str]:
    return (
        content_ru.content(text) if language == "ru" else content(message(text, language), language)
    )


def _there(word: str, those: Sequence[str], language: Language) -> bool:
    """Tell whether `word` stands among `those`: then no word near it stands for it."""
    return any(_keys(word, language) & _keys(other, language) for other in those)


def _keys(word: str, language: Language) -> frozenset[str]:
    return content_ru.keys(word) if language == "ru" else frozenset({stem(word, language)})


def _groups_of(keys: frozenset[str], known: Groups) -> frozenset[int]:
    return frozenset().union(*(known.get(key, frozenset()) for key in keys))


def _same(first: str, second: str, language: Language, known: Groups) -> bool:
    """Tell whether two words are one word, stand in one group, or are one number."""
    one, two = _keys(first, language), _keys(second, language)
    if one & two or _groups_of(one, known) & _groups_of(two, known):
        return True
    figure = _has_digit(first) != _has_digit(second)  # "2", "two"
    return figure and numbers(first, language) == numbers(second, language)


def _comparable(first: str, second: str, language: Language) -> bool:
    """Tell whether the encoder may compare two words."""
    if min(len(first), len(second)) < SHORTEST or _has_digit(first + second):
        return False
    if language == "en":
        stems = sorted((stem(first, language), stem(second, language)), key=len)
        return first[:LOOKALIKE] != second[:LOOKALIKE] or stems[1].startswith(stems[0])
    return first[-ROOT:] != second[-ROOT:]


def _served(original: str, text: str, found: Alignment) -> Alignment:
    """Return the alignment without "найди", which "мне нужен …" says in another way."""
    old, new = act(original, "ru") == Act.WISH, act(text, "ru") == Act.WISH
    added, lost = found.added, found.lost
    if old and not new:
        added = tuple(word for word in added if not content_ru.keys(word) & content_ru.ACQUIRED)
    if new and not old:
        lost = tuple(word for word in lost if not content_ru.keys(word) & content_ru.ACQUIRED)
    return Alignment(content_ru.heard(added), content_ru.heard(lost))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
