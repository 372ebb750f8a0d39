"""Rank passages by the terms they share with a question (BM25): English stems, Russian lemmas.

A lemma joins forms that share no stem ("людей" and "человек"); on Russian questions BM25 found a
little more by lemmas than by stems (docs/LOG.md).
"""

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
from samovar.morphology import lemma

WORD = re.compile(r"\w+")
NO_WORD = ""
"""Stands for a passage without words, such as one of Chinese signs only or of stop words."""
SHORT = 4
"""Terms of a short question; chosen together with `fusion.WORDS`."""
IDS, ENDS = "terms.npy", "ends.npy"
_STEMMERS = threading.local()


def terms(text: str) -> list[str]:
    """Return the terms of the words of `text`, stop words left out.

    >>> terms("Ёлки и the boiling samovars")
    ['елка', 'boil', 'samovar']
    """
    return [term for _, _, term in located(text)]


def shared(text: str, question: str) -> list[tuple[int, int]]:
    """Return where the words of `text` stand (start, end) whose terms `question` has too."""
    asked = set(terms(question))
    return [(start, end) for start, end, term in located(text) if term in asked]


def script(text: str) -> str:
    """Return the script of most letters of `text`: LATIN, CYRILLIC …; "" when it has no letters."""
    counted = scripts(text).most_common(1)
    return counted[0][0] if counted else ""


@dataclass(frozen=True)
class Terms:
    """Hold the terms of every passage as numbers, so that an index of words is made again fast."""

    vocabulary: tuple[str, ...]
    ids: NDArray[np.int32]
    """The terms of all passages, one passage after the other."""
    ends: NDArray[np.int64]
    """Where each passage ends in `ids`."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Terms:
        """Return the terms of `texts`; one without words has the term NO_WORD."""
        numbers: dict[str, int] = {}
        ids, ends = array("i"), []
        for text in texts:
            ids.extend(numbers.setdefault(s, len(numbers)) for s in terms(text) or [NO_WORD])
            ends.append(len(ids))
        return cls(tuple(numbers), np.array(ids, np.int32), np.array(ends, np.int64))

    def joined(self, other: Terms) -> Terms:
        """Return the terms of these passages and those of `other` after them."""
        numbers = {term: number for number, term in enumerate(self.vocabulary)}
        theirs = [numbers.setdefault(term, len(numbers)) for term in other.vocabulary]
        ids = np.array(theirs, np.int32)[other.ids] if len(other.ids) else other.ids
        ends = np.concatenate([self.ends, other.ends + len(self.ids)])
        return Terms(tuple(numbers), np.concatenate([self.ids, ids]), ends)

    def taken(self, order: Sequence[int]) -> Terms:
        """Return the terms of the passages with the numbers in `order`, in that order."""
        pieces = [self.passage(at) for at in order]
        used, ids = np.unique(np.concatenate(pieces), return_inverse=True)
        vocabulary = tuple(self.vocabulary[number] for number in used)
        return Terms(vocabulary, ids.astype(np.int32), np.cumsum([len(p) for p in pieces]))

    def passage(self, at: int) -> NDArray[np.int32]:
        """Return the numbers of the terms of one passage."""
        return self.ids[self.ends[at - 1] if at else 0 : self.ends[at]]


class WordIndex:
    """Hold the BM25 weights of every term in every passage (Lù 2024, arXiv:2407.03618)."""

    def __init__(self, ranker: Any, terms: Terms) -> None:
        self._ranker, self.terms = ranker, terms

    @classmethod
    def of(cls, texts: Sequence[str]) -> WordIndex:
        """Index `texts`, at least one."""
        return cls.of_terms(Terms.of(texts))

    @classmethod
    def of_terms(cls, terms: Terms) -> WordIndex:
        """Index passages by their terms, at least one passage."""
        import bm25s
        from bm25s.tokenization import Tokenized

        numbers = {term: number for number, term in enumerate(terms.vocabulary)}
        ids = [terms.passage(at).tolist() for at in range(len(terms.ends))]
        ranker = bm25s.BM25()
        ranker.index(Tokenized(ids=ids, vocab=numbers), show_progress=False)
        return cls(ranker, terms)

    @cached_property
    def _rarest(self) -> float:
        """Return the highest score of one term in one passage."""
        return float(self._ranker.scores["data"].max(initial=0))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`.

        Raises:
            OSError: the disk is full or the folder cannot be written.
        """
        self._ranker.save(str(folder), show_progress=False)
        np.save(folder / IDS, self.terms.ids)
        np.save(folder / ENDS, self.terms.ends)

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
        return cls(ranker, Terms(vocabulary, ids, ends))

    def attainable(self, question: str) -> float:
        """Return what a passage would score if it had all terms of `question`, each as rare as any.

        So words that many passages have attain little, however many of them a passage has. One or
        two words of a short question are as weak evidence as one or two of a longer one: a
        question counts as if it had SHORT terms at least.
        """
        return max(len(terms(question)), SHORT) * self._rarest

    def holding(self, term: str) -> NDArray[np.int32]:
        """Return the numbers of the passages that have `term`."""
        number = self._ranker.vocab_dict.get(term)
        if number is None:
            return np.empty(0, np.int32)
        scores = self._ranker.scores
        found: NDArray[np.int32] = scores["indices"][
            scores["indptr"][number] : scores["indptr"][number + 1]
        ]
        return np.sort(found)

    def search(self, question: str, depth: int) -> list[tuple[int, float]]:
        """Return at most `depth` (passage, score), best first; only passages sharing a term."""
        asked = [term for term in terms(question) if term in self._ranker.vocab_dict]
        if not asked:
            return []
        scores = self._ranker.get_scores(asked)
        listed = np.flatnonzero(scores > 0)
        if len(listed) > depth:  # of 100,000 passages only the best are worth sorting
            border = np.partition(scores[listed], -depth)[-depth]
            listed = listed[scores[listed] >= border]
        order = listed[np.argsort(-scores[listed], kind="stable")][:depth]
        return [(int(at), float(scores[at])) for at in order]


def located(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, term) of every word of `text` but stop words."""
    for match in WORD.finditer(text):
        term = _term(match.group().lower().replace("ё", "е"))
        if term is not None:
            yield match.start(), match.end(), term


@lru_cache(maxsize=200_000)
def _term(word: str) -> str | None:
    """Return the term of `word`, None for a stop word."""
    if word in _stop_words():
        return None
    if "а" <= word[0] <= "я":
        return lemma(word)
    if not hasattr(_STEMMERS, "english"):  # a stemmer must not be shared between threads
        import Stemmer

        _STEMMERS.english = Stemmer.Stemmer("english")
    stem: str = _STEMMERS.english.stemWord(word)
    return stem


@cache
def _stop_words() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS, STOPWORDS_RUSSIAN

    return frozenset(word.replace("ё", "е") for word in STOPWORDS_EN_PLUS + STOPWORDS_RUSSIAN)
