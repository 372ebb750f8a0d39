"""Where the vectors of new entries begin: four ways, from the base's own matrix alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samovar import checks
from samovar.phrases import Phrase
from samovar.tokenizer.extension import Extension

Matrix = NDArray[np.float32]
NARROW = 1e-9
"""The share of the rows' covariance with which transformers spreads new rows around the mean."""


@dataclass(frozen=True, slots=True)
class Initial:
    """Hold one way to begin: called with the extension, the base's rows, texts of the domain, a seed."""

    title: Phrase
    rows: Callable[[Extension, Matrix, Sequence[str], int], Matrix]


def initial(
    name: str, extension: Extension, rows: Matrix, texts: Sequence[str] = (), seed: int = 0
) -> Matrix:
    """Return the vectors with which the new entries of `extension` begin, float32 [added, dimensions].

    `rows` is the base's matrix, float32 [tokens, dimensions]; `texts` of the domain are read by
    "similar" only; `seed` draws for "library" and "random".

    Raises:
        InputError: there is no way `name`.
    """
    checks.choice(name, tuple(INITIAL), "initial")
    if not extension.added:
        return np.zeros((0, rows.shape[1]), np.float32)
    return INITIAL[name].rows(extension, rows, texts, seed)


def _mean(extension: Extension, rows: Matrix, texts: Sequence[str], seed: int) -> Matrix:
    means = [rows[list(form.pieces)].mean(axis=0) for form in extension.added]
    return np.asarray(means, np.float32)


def _library(extension: Extension, rows: Matrix, texts: Sequence[str], seed: int) -> Matrix:
    """Draw as `resize_token_embeddings` of transformers does: hardly beside the mean of all rows."""
    mean = rows.mean(axis=0)
    centred = rows - mean
    covariance = NARROW * (centred.T @ centred) / len(rows)
    draw = np.random.default_rng(seed).multivariate_normal(
        mean, covariance, len(extension.added), method="eigh"
    )
    return draw.astype(np.float32)


def _random(extension: Extension, rows: Matrix, texts: Sequence[str], seed: int) -> Matrix:
    """Draw around zero, as wide as the numbers of the matrix lie."""
    shape = (len(extension.added), rows.shape[1])
    return np.random.default_rng(seed).normal(0, float(rows.std()), shape).astype(np.float32)


def _similar(extension: Extension, rows: Matrix, texts: Sequence[str], seed: int) -> Matrix:
    from samovar.tokenizer.vocabulary.similar import similar  # scipy takes a second

    begun = _mean(extension, rows, texts, seed)
    return similar(extension, rows, texts, begun)


INITIAL: Mapping[str, Initial] = {
    "mean": Initial(Phrase("mean of its own pieces", "среднее своих кусочков"), _mean),
    "library": Initial(
        Phrase("what the library does: mean of all rows", "как в библиотеке: среднее всех строк"),
        _library,
    ),
    "random": Initial(Phrase("random numbers", "случайные числа"), _random),
    "similar": Initial(
        Phrase("mix of words used alike", "смесь слов с похожим употреблением"), _similar
    ),
}
"""Name → how the vectors of new entries begin."""
