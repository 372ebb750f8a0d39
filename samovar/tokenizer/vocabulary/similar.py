"""New vectors mixed from those of words that the domain uses alike (FOCUS, Dobler & de Melo 2023)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tokenizers import Tokenizer

from samovar.tokenizer.extension import Extension

WINDOW = 5
"""Words to each side that count as neighbours."""
CONTEXTS = 5_000
"""Only neighbours as frequent as the first so many tell something."""
RARE = 5
"""A word seen less often is no model for others."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """Hold the words of the texts: `names` by number, `counts`, and the vectors of their use.

    A word is a token without the space before it; `use` is sparse [words, contexts], rows of length 1.
    """

    names: list[str]
    counts: NDArray[np.int64]
    use: sparse.csr_matrix


def similar(extension: Extension, rows: Matrix, texts: Sequence[str], instead: Matrix) -> Matrix:
    """Return a vector for each new entry, float32 [added, dimensions].

    The use of a word is what stands within five words of it in `texts` (positive pointwise mutual
    information, in the place of FOCUS's fastText vectors). A new entry becomes a mix of the base's
    own words, weighted by the sparsemax of the cosines of their use. What the texts have fewer than
    five times keeps its row of `instead`.
    """
    tokenizer = Tokenizer.from_str(extension.source)
    tokenizer.encode_special_tokens = True
    words = _words(tokenizer, texts)
    ids = _ids(tokenizer, extension.first)
    numbers = {name: number for number, name in enumerate(words.names)}
    models = [n for name, n in numbers.items() if name in ids and words.counts[n] >= RARE]
    mixed = np.array(instead, np.float32)
    for at, form in enumerate(extension.added):
        number = numbers.get(form.text.lstrip(" "))
        if number is None or words.counts[number] < RARE or not models:
            continue
        cosines = (words.use[models] @ words.use[number].T).toarray().ravel()
        weights = sparsemax(cosines)
        spaced = form.text.startswith(" ")
        chosen = np.flatnonzero(weights)
        source = [ids[words.names[models[c]]][0 if spaced else -1] for c in chosen]
        mixed[at] = weights[chosen] @ rows[source]
    return mixed


def sparsemax(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the point of the simplex nearest to `scores` (Martins & Astudillo 2016): most are zero.

    >>> sparsemax(np.array([1.0, 0.8, -1.0]))
    array([0.6, 0.4, 0. ])
    """
    ordered = np.sort(np.asarray(scores, np.float64))[::-1]
    sums = np.cumsum(ordered) - 1
    support = np.count_nonzero(ordered * np.arange(1, len(ordered) + 1) > sums)
    return np.asarray(np.maximum(scores - sums[support - 1] / support, 0), np.float64)


def _words(tokenizer: Tokenizer, texts: Sequence[str]) -> Words:
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    decoded = {id: tokenizer.decode([id]).strip(" ") for e in encodings for id in set(e.ids)}
    counts = Counter(decoded[id] for encoding in encodings for id in encoding.ids)
    names = [name for name, _ in counts.most_common()]
    numbers = {name: number for number, name in enumerate(names)}
    size = (len(names), min(len(names), CONTEXTS))
    seen = sparse.csr_matrix(size, dtype=np.float64)
    for encoding in encodings:
        sequence = np.array([numbers[decoded[id]] for id in encoding.ids], np.int64)
        seen = seen + _neighbours(sequence, size)
    return Words(names, np.array([counts[name] for name in names], np.int64), _use(seen))


def _neighbours(sequence: NDArray[np.int64], size: tuple[int, int]) -> sparse.csr_matrix:
    """Count who stands beside whom, [words, contexts]."""
    pairs = [(sequence[:-far], sequence[far:]) for far in range(1, WINDOW + 1)]
    left = np.concatenate([p[0] for p in pairs] + [p[1] for p in pairs])
    right = np.concatenate([p[1] for p in pairs] + [p[0] for p in pairs])
    kept = right < size[1]
    ones = np.ones(int(kept.sum()))
    return sparse.csr_matrix((ones, (left[kept], right[kept])), shape=size)


def _use(seen: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return positive pointwise mutual information, rows of length 1."""
    table = seen.tocoo()
    total = max(seen.sum(), 1.0)
    word = np.asarray(seen.sum(axis=1)).ravel()
    context = np.asarray(seen.sum(axis=0)).ravel()
    told = np.log(table.data * total / (word[table.row] * context[table.col]))
    positive = sparse.csr_matrix(
        (np.maximum(told, 0), (table.row, table.col)), shape=seen.shape, dtype=np.float64
    )
    lengths = np.sqrt(np.asarray(positive.multiply(positive).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-12)) @ positive


def _ids(tokenizer: Tokenizer, first: int) -> dict[str, tuple[int, int]]:
    """Return word of the base → its ids after a space and without one (the same where one is missing).

    Only tokens that are letters throughout are words; entries from `first` on are new.
    """
    found: dict[str, dict[bool, int]] = {}
    for id in range(first):
        text = tokenizer.decode([id])
        spaced = text.startswith(" ")
        if (word := text[spaced:]).isalpha() and len(word) > 1:
            found.setdefault(word, {})[spaced] = id
    return {
        word: (by[True] if True in by else by[False], by[False] if False in by else by[True])
        for word, by in found.items()
    }
