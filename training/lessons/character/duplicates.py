"""Which replies say what an earlier one says already, word for word or nearly."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEAR = 0.8
"""Cosine of the letter n-grams from which on two replies count as one."""
COMMON = 0.02
"""N-grams in a larger share of the replies do not count: they make every two replies compared."""
ROWS = 500
"""Replies compared with all others at once."""


def repeated(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Tell of each text whether an earlier one is the same or nearly, bool [texts]."""
    keys = [re.sub(r"\W+", " ", text).strip().lower() for text in texts]
    first: dict[str, int] = {}
    for at, key in enumerate(keys):
        first.setdefault(key, at)
    same = np.array([first[key] != at for at, key in enumerate(keys)], np.bool_)
    return np.asarray(same | _near(keys)) if len(keys) > 1 else same


def _near(keys: Sequence[str]) -> NDArray[np.bool_]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    most = max(2, int(COMMON * len(keys)))
    weighing = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(4, 6), max_df=most, dtype=np.float32
    )
    try:
        rows = weighing.fit_transform(keys).tocsr()
    except ValueError:  # no n-gram is rare enough: there is nothing to compare
        return np.zeros(len(keys), np.bool_)
    found = np.zeros(len(keys), np.bool_)
    for start in range(0, len(keys), ROWS):
        end = min(start + ROWS, len(keys))
        close = (rows[start:end] @ rows[:end].T).tocoo()
        earlier = (close.data >= NEAR) & (close.col < close.row + start)
        found[close.row[earlier] + start] = True
    return found
