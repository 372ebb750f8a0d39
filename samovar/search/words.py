"""Rank passages by the words they share with a question (BM25), English and Russian stems."""

from __future__ import annotations

import re
import threading
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samovar.language import scripts

WORD = re.compile(r"\w+")
NO_WORD = ""
"""Stands for a passage without words, such as one of Chinese signs only or of stop words."""
IDS, ENDS = "stems.npy", "ends.npy"
_STEMMERS = threading.local()


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


@dataclass(frozen=True)
class Stems:
    """Hold the stems of every passage as numbers, so that an index of words is made again fast."""

    vocabulary: tuple[str, ...]
    ids: NDArray[np.int32]
    """The stems of all passages, one passage after the other."""
    ends: NDArray[np.int64]
    """Where each passage ends in `ids`."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Stems:
        """Return the stems of `texts`; one without words has the stem NO_WORD."""
        numbers: dict[str, int] = {}
        ids, ends = array("i"), []
        for text in texts:
            ids.extend(numbers.setdefault(s, len(numbers)) for s in stems(text) or [NO_WORD])
            ends.append(len(ids))
        return cls(tuple(numbers), np.array(ids, np.int32), np.array(ends, np.int64))

    def joined(self, other: Stems) -> Stems:
        """Return the stems of these passages and those of `other` after them."""
        numbers = {stem: number for number, stem in enumerate(self.vocabulary)}
        theirs = [numbers.setdefault(stem, len(numbers)) for stem in other.vocabulary]
        ids = np.array(theirs, np.int32)[other.ids] if len(other.ids) else other.ids
        ends = np.concatenate([self.ends, other.ends + len(self.ids)])
        return Stems(tuple(numbers), np.concatenate([self.ids, ids]), ends)

    def taken(self, order: Sequence[int]) -> Stems:
        """Return the stems of the passages with the numbers in `order`, in that order."""
        pieces = [self.passage(at) for at in order]
        used, ids = np.unique(np.concatenate(pieces), return_inverse=True)
        vocabulary = tuple(self.vocabulary[number] for number in used)
        return Stems(vocabulary, ids.astype(np.int32), np.cumsum([len(p) for p in pieces]))

    def passage(self, at: int) -> NDArray[np.int32]:
        """Return the numbers of the stems of one passage."""
        return self.ids[self.ends[at - 1] if at else 0 : self.ends[at]]


class WordIndex:
    """Hold the BM25 weights of every stem in every passage (Lù 2024, arXiv:2407.03618)."""

    def __init__(self, ranker: Any, stems: Stems) -> None:
        self._ranker, self.stems = ranker, stems

    @classmethod
    def of(cls, texts: Sequence[str]) -> WordIndex:
        """Index `texts`, at least one."""
        return cls.of_stems(Stems.of(texts))

    @classmethod
    def of_stems(cls, stems: Stems) -> WordIndex:
        """Index passages by their stems, at least one passage."""
        import bm25s
        from bm25s.tokenization import Tokenized

        numbers = {stem: number for number, stem in enumerate(stems.vocabulary)}
        ids = [stems.passage(at).tolist() for at in range(len(stems.ends))]
        ranker = bm25s.BM25()
        ranker.index(Tokenized(ids=ids, vocab=numbers), show_progress=False)
        return cls(ranker, stems)

    @cached_property
    def _rarest(self) -> float:
        """Return the highest score of one stem in one passage."""
        return float(self._ranker.scores["data"].max(initial=0))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        self._ranker.save(str(folder), show_progress=False)
        np.save(folder / IDS, self.stems.ids)
        np.save(folder / ENDS, self.stems.ends)

    @classmethod
    def load(cls, folder: Path) -> WordIndex:
        """Read what `save` wrote.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file is not what `save` wrote.
        """
        import bm25s

        ranker = bm25s.BM25.load(str(folder), show_progress=False)
        vocabulary = tuple(sorted(ranker.vocab_dict, key=ranker.vocab_dict.__getitem__))
        ids, ends = (np.load(folder / name, allow_pickle=False) for name in (IDS, ENDS))
        return cls(ranker, Stems(vocabulary, ids, ends))

    def attainable(self, question: str) -> float:
        """Return what a passage would score if it had all stems of `question`, each as rare as any.

        So words that many passages have attain little, however many of them a passage shares.
        """
        return len(stems(question)) * self._rarest

    def search(self, question: str, depth: int) -> list[tuple[int, float]]:
        """Return at most `depth` (passage, score), best first; only passages sharing a stem."""
        asked = [stem for stem in stems(question) if stem in self._ranker.vocab_dict]
        if not asked:
            return []
        scores = self._ranker.get_scores(asked)
        listed = np.flatnonzero(scores > 0)
        if len(listed) > depth:  # of 100,000 passages only the best are worth sorting
            border = np.partition(scores[listed], -depth)[-depth]
            listed = listed[scores[listed] >= border]
        order = listed[np.argsort(-scores[listed], kind="stable")][:depth]
        return [(int(at), float(scores[at])) for at in order]


def _stemmed(text: str) -> Iterator[tuple[int, int, str]]:
    for found in WORD.finditer(text):
        stem = _stem(found.group().lower().replace("ё", "е"))
        if stem is not None:
            yield found.start(), found.end(), stem


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str | None:
    """Return the stem of `word`, None for a stop word."""
    if word in _stop_words():
        return None
    import Stemmer

    language = "russian" if "а" <= word[0] <= "я" else "english"
    if not hasattr(_STEMMERS, language):  # a stemmer must not be shared between threads
        setattr(_STEMMERS, language, Stemmer.Stemmer(language))
    stem: str = getattr(_STEMMERS, language).stemWord(word)
    return stem


@cache
def _stop_words() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_RUSSIAN

    return frozenset(word.replace("ё", "е") for word in STOPWORDS_EN_PLUS + STOPWORDS_RUSSIAN)
