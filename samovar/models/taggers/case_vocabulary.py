"""How likely a word is written with small letters, a capital or all capitals, in a hundred languages.

The vocabulary of multilingual-e5 (a unigram model of SentencePiece over web texts) keeps `▁Paris` apart
from `▁paris` and holds the logarithm of how often each stands in a text. Nothing was trained for this.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from samovar import catalog
from samovar.models.encoders import encoding
from samovar.models.encoders.plain_tokenizer import tokenizer_of
from samovar.settings import Settings

BASE = "multilingual-e5-small"


class CaseVocabulary:
    """Tell the logarithms of probabilities of written words; several threads may ask at once."""

    def __init__(self, path: Path) -> None:
        """Read the tokenizer file at `path`, half a second."""
        vocabulary = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
        self._scores = np.array([score for _, score in vocabulary], np.float32)
        self._tokenizer = tokenizer_of(path)
        self.score = lru_cache(maxsize=50_000)(self._score)

    def _score(self, word: str) -> float:
        """Return the logarithm of the probability of `word` as it is written, the sum of its pieces."""
        ids = self._tokenizer.encode(word, add_special_tokens=False).ids
        return float(self._scores[ids].sum())


def case_vocabulary(settings: Settings) -> CaseVocabulary:
    """Return the vocabulary, read once in this process.

    Raises:
        ModelError: its package is missing or altered.
        StoreError: the cache cannot be written.
    """
    return _read(encoding.folder(catalog.model(BASE), settings) / "tokenizer.json")


@cache
def _read(path: Path) -> CaseVocabulary:
    return CaseVocabulary(path)
