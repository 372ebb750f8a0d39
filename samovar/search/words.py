"""Rank passages by the words they share with a question (BM25), English and Russian stems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from samovar.language import scripts

WORD = re.compile(r"\w+")
NO_WORD = ""
"""Stands for a passage without words, such as one of Chinese signs only or of stop words."""


def stems(text: str) -> list[str]:
    """Return the stems of the words of `text`, stop words left out.

    >>> stems("Ёлки и the boiling samovars")
    ['елк', 'boil', 'samovar']
    """
    return [stem for _, _, stem in _stemmed(text)]


def shared(text: str, question: str) -> list[tuple[int, int]]:
    """Return where the words of `text` stand (start, end) whose stems `question` has too."""
    asked = set(stems(question))
    return [(start, end) for start, end, stem in _stemmed(text) if stem in asked]


def script(text: str) -> str:
    """Return the script of most letters of `text`: LATIN, CYRILLIC …; "" when it has no letters."""
    counted = scripts(text).most_common(1)
    return counted[0][0] if counted else ""


class WordIndex:
    """Hold the BM25 weights of every stem in every passage (Lù 2024, arXiv:2407.03618)."""

    def __init__(self, ranker: Any) -> None:
        self._ranker = ranker

    @classmethod
    def of(cls, texts: Sequence[str]) -> WordIndex:
        """Index `texts`, at least one."""
        import bm25s

        ranker = bm25s.BM25()
        ranker.index([stems(text) or [NO_WORD] for text in texts], show_progress=False)
        return cls(ranker)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        self._ranker.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """Read what `save` wrote."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder), show_progress=False))

    def search(self, question: str, depth: int) -> list[tuple[int, float]]:
        """Return at most `depth` (passage, score), best first; only passages sharing a stem."""
        asked = [stem for stem in stems(question) if stem in self._ranker.vocab_dict]
        if not asked:
            return []
        scores = self._ranker.get_scores(asked)
        order = np.argsort(-scores, kind="stable")[:depth]
        return [(int(at), float(scores[at])) for at in order if scores[at] > 0]


def _stemmed(text: str) -> Iterator[tuple[int, int, str]]:
    import Stemmer  # its objects are cheap to make and not safe to share between threads

    russian, english = Stemmer.Stemmer("russian"), Stemmer.Stemmer("english")
    for found in WORD.finditer(text):
        word = found.group().lower().replace("ё", "е")
        if word not in _stop_words():
            stemmer = russian if "а" <= word[0] <= "я" else english
            yield found.start(), found.end(), stemmer.stemWord(word)


@cache
def _stop_words() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_RUSSIAN

    return frozenset(word.replace("ё", "е") for word in STOPWORDS_EN_PLUS + STOPWORDS_RUSSIAN)
