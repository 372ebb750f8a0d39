"""Likeness of texts by n-grams of characters: it knows names, and forgives endings and typing errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

LENGTHS = (3, 5)
"""Of the n-grams, within words."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold the weighted n-grams of texts."""

    vectorizer: Any
    texts: Any

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lexicon:
        """Return the lexicon of `texts`, at least one that has a letter."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=LENGTHS, sublinear_tf=True)
        return cls(vectorizer, vectorizer.fit_transform(texts))

    def similarities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return how like each of `texts` is to each of the lexicon's, 0 to 1 [texts, lexicon's]."""
        near = self.vectorizer.transform(texts) @ self.texts.T
        return np.asarray(near.toarray(), np.float32)
