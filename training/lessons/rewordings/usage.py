"""What is usual in commands: a wording that nobody else uses is a slip or a fragment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from samovar.paraphrase.words import words

RARE = 4
"""A word seen less often in all commands is taken for a slip of the pen."""
SELDOM = 40
"""A word seen less often is a name or a topic; its neighbours say nothing."""
SHARED = 3
"""So many commands must have two neighbouring words, the first and the last word with the edge."""
LONG = 8
"""From so many words on, one unusual place is forgiven."""


class Usage:
    """Count words and neighbouring words of many commands."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._neighbours: Counter[tuple[str, str]] = Counter()
        for listed in map(words, dict.fromkeys(texts)):
            self._words.update(set(listed))
            self._neighbours.update(set(_edged(listed)))

    def spelled(self, source: str, target: str) -> bool:
        """Tell whether every word of `target` is one that others use too, or of `source`."""
        own = set(words(source))
        return all(self._words[word] >= RARE or word in own for word in words(target))

    def usual(self, text: str) -> bool:
        """Tell whether the words of `text` stand next to each other elsewhere too.

        >>> usage = Usage(f"turn it off in room {number}" for number in range(50))
        >>> usage.usual("turn it off in room 7"), usage.usual("room turn off it in")
        (True, False)
        """
        listed = words(text)
        odd = sum(
            self._neighbours[pair] < SHARED and not self._seldom(pair) for pair in _edged(listed)
        )
        return odd <= (1 if len(listed) >= LONG else 0)

    def _seldom(self, pair: tuple[str, str]) -> bool:
        return any(word and self._words[word] < SELDOM for word in pair)


def _edged(listed: list[str]) -> list[tuple[str, str]]:
    return list(pairwise(["", *listed, ""]))
