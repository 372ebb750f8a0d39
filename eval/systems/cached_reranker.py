"""A reranker that is asked the same pairs again and again."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Reranker


class RememberedScores:
    """Read each pair once; fulfils Reranker."""

    def __init__(self, inner: Reranker) -> None:
        self._inner = inner
        self.name = inner.name
        self._known: dict[tuple[str, str], float] = {}
        self._seconds = 0.0

    @property
    def milliseconds(self) -> float:
        """Return how long a pair took, on average."""
        return 1000 * self._seconds / max(1, len(self._known))

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return how well each passage answers, float32 [passages]."""
        new = [
            passage for passage in dict.fromkeys(passages) if (question, passage) not in self._known
        ]
        began = time.perf_counter()
        scores = self._inner.score(question, new)
        self._seconds += time.perf_counter() - began
        self._known.update(
            zip(((question, passage) for passage in new), scores.tolist(), strict=True)
        )
        return np.array([self._known[question, passage] for passage in passages], np.float32)
