"""The two rankings of one question and what passes its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samovar.records import Hit
from samovar.search.documents import filters
from samovar.search.exact.exactness import Exactness
from samovar.search.passages.collection import Collection
from samovar.search.ranking import fusion, match
from samovar.search.ranking.question import JOINED, Question

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hold documents in order, each with the place of its best passage and that passage's score."""

    best: Mapping[int, tuple[int, float]]
    ranked: int
    """The first so many have a rank; the others came through a filter, their rank is not known."""

    @classmethod
    def of(cls, collection: Collection, *lists: Sequence[tuple[int, float]]) -> Ranking:
        """Rank the documents of passages: those of the first list, then what the others add."""
        best: dict[int, tuple[int, float]] = {}
        ranked = 0
        for number, passages in enumerate(lists):
            for passage, score in passages:
                best.setdefault(collection.passages[passage].owner, (passage, score))
            ranked = len(best) if number == 0 else ranked
        return cls(best, ranked)

    @property
    def scored(self) -> list[tuple[int, float]]:
        """Return (document, score), best first."""
        return [(document, score) for document, (_, score) in self.best.items()]

    def ranks(self) -> dict[int, int]:
        """Return the rank of every document that has one."""
        return {at: rank for rank, at in enumerate(self.best, 1) if rank <= self.ranked}


@dataclass(frozen=True, slots=True)
class Pool:
    """Hold both rankings and their fusion, (document, score) best first, and what passes."""

    dense: Ranking
    words: Ranking
    order: Sequence[tuple[int, float]]
    passed: Sequence[int]
    """Places in `order`."""
    joined: bool
    exact: Exactness

    def hits(self, collection: Collection, most: int) -> list[Hit]:
        """Return the first `most` documents that pass, each with its best passage."""
        by_meaning, by_words = self.dense.ranks(), self.words.ranks()
        hits = []
        for rank, place in enumerate(self.passed[:most], 1):
            at, score = self.order[place]
            document = collection.documents[at]
            meaning, word = by_meaning.get(at), by_words.get(at)
            text = collection.passages[self._passage(collection, at)].text
            names = (document.id, document.title, text, document.metadata)
            fused_rank = place + 1 if self.joined and place < self._ranked else None
            literal = (self.exact.held(at), self.exact.missing(at))
            hits.append(Hit(rank, score, *names, word, meaning, fused_rank, None, *literal))
        return hits

    def good(self, collection: Collection, most: int) -> bool | None:
        """Tell whether the first `most` that pass hold what was asked for; None: it is not known."""
        shown = [self.order[place][0] for place in self.passed[:most]]
        near = [self.dense.best[at][1] for at in shown if at in self.dense.best]
        return match.good(self.exact, shown, max(near, default=None), collection.encoder)

    def _passage(self, collection: Collection, at: int) -> int:
        """Return the passage to show: the one that holds what is asked for literally, else the nearer."""
        by_meaning, by_words = self.dense.ranks().get(at), self.words.ranks().get(at)
        nearer = by_words is None or (by_meaning is not None and by_meaning <= by_words)
        lists = (self.dense, self.words) if nearer else (self.words, self.dense)
        likely = [ranking.best[at][0] for ranking in lists if at in ranking.best]
        return self.exact.passage(collection, at, likely)

    def removed(self, collection: Collection, asked: Question, everything: bool) -> int:
        """Return how many documents the filter took away, as `Found` says."""
        if len(self.passed) >= asked.k:
            return self.passed[asked.k - 1] + 1 - asked.k
        if everything and asked.mode != "bm25":
            whole = (filters.passes(one.metadata, asked.filters) for one in collection.documents)
            return len(collection.documents) - sum(whole)
        return len(self.order) - len(self.passed)

    @property
    def _ranked(self) -> int:
        """Return how many of `order` have a rank: all, unless some came through the filter."""
        whole = self.dense.ranked == len(self.dense.best)
        return len(self.order) if whole else 0


def pooled(
    collection: Collection,
    asked: Question,
    vector: Vector | None,
    exact: Exactness,
    depth: int,
    beyond: bool = False,
) -> Pool:
    """Return both rankings of `asked`, from `depth` passages each.

    Args:
        collection: what is searched.
        asked: the question.
        vector: its vector, float32 [dimensions].
        exact: what the collection holds of that which is asked for literally.
        depth: passages fetched from each ranking.
        beyond: also fetch the nearest that pass the filter, however far they are.

    Raises:
        StoreError: the collection's store does not answer.
    """
    dense = words = Ranking({}, 0)
    if asked.mode != "bm25" and vector is not None:
        lists = [collection.nearest(vector, depth)]
        if beyond:
            lists.append(collection.nearest(vector, depth, asked.filters))
        dense = Ranking.of(collection, *lists)
    if asked.mode != "dense":
        most = len(collection.passages) if beyond else depth
        words = Ranking.of(collection, collection.words.search(asked.text, most))
    order = _order(collection, asked, dense, words, exact)
    documents = collection.documents
    passed = [
        place
        for place, (at, _) in enumerate(order)
        if filters.passes(documents[at].metadata, asked.filters)
    ]
    return Pool(dense, words, order, passed, asked.mode in JOINED, exact)


def _order(
    collection: Collection, asked: Question, dense: Ranking, words: Ranking, exact: Exactness
) -> list[tuple[int, float]]:
    spread = collection.offsets.spread
    attainable = collection.words.attainable(asked.text)
    if asked.mode == "bm25":
        return fusion.raised(words.scored, exact, attainable / fusion.WORDS, 0.0)
    order = dense.scored
    if asked.mode in JOINED:
        point = fusion.point(spread, attainable)
        order = fusion.fused(order, words.scored, point, collection.scripts)
    lowest = min((score for _, score in order), default=0.0)
    return fusion.raised(order, exact, spread, lowest)
