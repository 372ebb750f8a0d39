"""Which passages may hold a word or a number: the vocabulary of BM25 read once more, by its digits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from samovar.search.passages.words import WordIndex, terms

DIGITS = re.compile(r"\d+")
GROUP = 3
"""Digits between the spaces or commas of a long number."""
LONG, CASE = 7, 2
"""Letters of a name that is long enough to be told by its beginning, and of the ending of its case."""
Passages = NDArray[np.int32]


class Vocabulary:
    """Find candidates, which are then read: terms are stems, and split at every mark."""

    def __init__(self, words: WordIndex) -> None:
        self._words = words
        self._known: dict[str, Passages] = {}

    @cached_property
    def _numbers(self) -> dict[str, list[str]]:
        """Return the terms that contain each run of digits."""
        found: dict[str, list[str]] = defaultdict(list)
        for term in self._words.terms.vocabulary:
            for digits in set(DIGITS.findall(term)):
                found[digits].append(term)
        return found

    def candidates(self, forms: Sequence[str]) -> Passages:
        """Return the passages that may hold all of `forms`, words and numbers in lower case.

        Of a code its numbers are looked up. None where nothing can be: all are stop words.
        """
        numbers = [form for form in forms if form.isdigit()]
        if numbers:
            return _common(map(self._number, numbers))
        words = [term for form in forms for term in terms(form)]
        return _common(map(self.holding, words))

    def holding(self, term: str) -> Passages:
        """Return the passages that have `term`."""
        if term not in self._known:
            self._known[term] = self._words.holding(term)
        return self._known[term]

    def alike(self, word: str) -> Passages:
        """Return the passages with a term that begins as a Russian name does which no dictionary knows.

        Its case is guessed, and so is its dictionary form: Пажитнова and Пажитнов may get two.
        """
        if len(word) < LONG or not "а" <= word[0] <= "я":
            return np.empty(0, np.int32)
        stem = word[:-CASE]
        found = [
            self.holding(term)
            for term in self._words.terms.vocabulary
            if term.startswith(stem) and len(term) <= len(word) + CASE
        ]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.int32)

    def _number(self, form: str) -> Passages:
        together = self._run(form)
        if len(form) <= GROUP:
            return together
        head = len(form) % GROUP or GROUP
        groups = [form[:head], *(form[at : at + GROUP] for at in range(head, len(form), GROUP))]
        return np.union1d(together, _common(map(self._run, groups)))

    def _run(self, digits: str) -> Passages:
        found = [self.holding(term) for term in self._numbers.get(digits, ())]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.int32)


def _common(lists: Iterable[Passages]) -> Passages:
    """Return what is in all of `lists`."""
    found: Passages | None = None
    for one in lists:
        found = one if found is None else np.intersect1d(found, one)
    return np.empty(0, np.int32) if found is None else found
