"""The search as it is without exact words: the column that they are compared with."""

from __future__ import annotations

from samovar.records import Hit
from samovar.search import core
from samovar.search.core import Found, Question, Vector
from samovar.search.exact.exactness import Exactness
from samovar.search.passages.collection import Collection
from samovar.search.ranking.pool import pooled


def without_exact(collection: Collection, asked: Question, vector: Vector | None) -> Found:
    """Return what `samovar.search.core.search` would without exact words; filters are not handled."""
    pool = pooled(collection, asked, vector, Exactness(), max(core.FIRST_DEPTH, 4 * asked.k))
    hits: list[Hit] = pool.hits(collection, asked.k)
    return Found(tuple(hits), 0)
