"""A text cut into tokens, with what it cost, as page and endpoint both need it."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from samovar import checks
from samovar.records import Cost
from samovar.tokenizer.core import Comparison, compare
from samovar.tokenizer.embeddings import embeddings
from samovar.tokenizer.terms import checked

LIMIT = 20_000
"""Characters of a text."""
ENGINE = "tokenizers"


@dataclass(frozen=True, slots=True)
class Cut:
    """Hold the comparison and its cost."""

    comparison: Comparison
    cost: Cost


def cut(text: object, terms: object = None) -> Cut:
    """Return the pieces of `text` before and after `terms` are added; loading is not counted.

    Raises:
        InputError: a text or a term that is not accepted.
        ModelError: the weights are missing or altered.
        StoreError: the cache cannot be written.
    """
    good = checks.text(text, LIMIT)
    vocabulary = embeddings()
    wanted = checked(terms, vocabulary.tokenizer)
    began = perf_counter()
    comparison = compare(good, wanted, vocabulary)
    milliseconds = (perf_counter() - began) * 1000
    return Cut(comparison, Cost(milliseconds, vocabulary.model.title, ENGINE))
