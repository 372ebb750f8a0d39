"""Queries with an exact word, and the documents that hold it: `data/questions/exact-*.jsonl`."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from eval.sets.retrieval_sets import ENCYCLOPEDIA, QUESTIONS
from samovar.search.documents import corpus
from samovar.search.documents.corpus import Document


@dataclass(frozen=True, slots=True)
class ExactQuery:
    """Hold one query, the ids of the documents that hold its exact word, and of which kind it is."""

    text: str
    relevant: frozenset[str]
    kind: str
    part: str
    """development or test."""


@dataclass(frozen=True, slots=True)
class ExactSet:
    """Hold documents and the queries for them."""

    documents: tuple[Document, ...]
    queries: tuple[ExactQuery, ...]

    def of(self, part: str) -> ExactSet:
        """Return the set with the queries of one half."""
        return replace(self, queries=tuple(one for one in self.queries if one.part == part))


def exact_sets() -> tuple[ExactSet, ...]:
    """Return the queries for the encyclopedia and those for documents that differ in a code."""
    return (
        _set(ENCYCLOPEDIA, "exact-encyclopedia.jsonl"),
        _set(QUESTIONS / "exact-codes-documents.jsonl", "exact-codes.jsonl"),
    )


def _set(documents: Path, queries: str) -> ExactSet:
    rows = [json.loads(line) for line in (QUESTIONS / queries).read_text("utf-8").splitlines()]
    asked = (
        ExactQuery(row["query"], frozenset(row["relevant"]), row["kind"], row["part"])
        for row in rows
    )
    return ExactSet(corpus.read(documents).documents, tuple(asked))
