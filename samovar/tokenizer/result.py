"""A text cut into tokens, with what it cost, as page and endpoint both need it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter

from tokenizers import Tokenizer

from samovar import checks
from samovar.records import Cost
from samovar.tokenizer.core import Comparison, Counts, Grown, compare, counts, grown
from samovar.tokenizer.texts.candidates import Candidate, candidates
from samovar.tokenizer.texts.corpus import Corpus
from samovar.tokenizer.texts.terms import checked
from samovar.tokenizer.vocabulary.embeddings import Embeddings, embeddings

LIMIT = 20_000
"""Characters of a text; a longer file is counted whole, and the pieces of its beginning are shown."""
BEGINNING = 6_000
ENGINE = "tokenizers"
KEPT = 8
"""Files whose counts are kept for the next request."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Hold what became of a text, and the cost; sizes are those of the whole text."""

    comparison: Comparison
    """Of the whole text, or of the beginning of a file."""
    counts: Counts
    characters: int
    words: int
    candidates: tuple[Candidate, ...]
    """Words that would save most as terms, best first."""
    cost: Cost
    file: str = ""
    """Its name, when the text came from a file."""


def cut(text: object, terms: object = None, case: object = False) -> Cut:
    """Return the pieces of `text` before and after `terms` are added; loading is not counted.

    `text` is a text or a `Corpus`; with `case` the Capitalised and UPPER spellings count, too.

    Raises:
        InputError: a text or a term that is not accepted.
        ModelError: the weights are missing or altered.
        StoreError: the cache cannot be written.
    """
    corpus = source(text)
    variants = checks.switch(case, "case")
    vocabulary = embeddings()
    wanted = checked(terms, vocabulary.tokenizer)
    began = perf_counter()
    comparison = compare(beginning(corpus), wanted, vocabulary, variants)
    sizes = comparison.counts
    if len(corpus.text) > LIMIT:
        sizes = _counted(corpus, vocabulary, grown(vocabulary, tuple(wanted), variants))
    offered = _offered(corpus, vocabulary)
    cost = Cost((perf_counter() - began) * 1000, vocabulary.model.title, ENGINE)
    size = len(corpus.text), len(corpus.text.split())
    return Cut(comparison, sizes, *size, offered, cost, corpus.name)


def source(text: object) -> Corpus:
    """Return a typed text as what is read of a file; a file that was read stays as it is.

    Raises:
        InputError: a text that is not accepted.
    """
    return text if isinstance(text, Corpus) else Corpus("", checks.text(text, LIMIT))


def beginning(corpus: Corpus) -> str:
    """Return as much of a text as is shown."""
    if len(corpus.text) <= LIMIT:
        return corpus.text
    start = corpus.text[:BEGINNING]
    return start[: start.rfind(" ")] if " " in start else start


def tokens(parts: Sequence[str], tokenizer: Tokenizer) -> int:
    """Return into how many tokens `parts` are cut."""
    encodings = tokenizer.encode_batch_fast(list(parts), add_special_tokens=False)
    return sum(len(encoding.ids) for encoding in encodings)


def _counted(corpus: Corpus, vocabulary: Embeddings, larger: Grown) -> Counts:
    """Count a file; a part without a term has the same tokens before and after."""
    before = _all_tokens(corpus, vocabulary)
    spelled = {form.text.lstrip(" ") for form in larger.extension.added}
    changed = [part for part in corpus.parts() if any(term in part for term in spelled)]
    saved = tokens(changed, vocabulary.tokenizer) - tokens(changed, larger.tokenizer)
    return counts(before, before - saved)


@lru_cache(KEPT)
def _all_tokens(corpus: Corpus, vocabulary: Embeddings) -> int:
    return tokens(corpus.parts(), vocabulary.tokenizer)


@lru_cache(KEPT)
def _offered(corpus: Corpus, vocabulary: Embeddings) -> tuple[Candidate, ...]:
    return candidates([corpus.text], vocabulary.tokenizer)
