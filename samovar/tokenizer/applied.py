"""New rows in a matrix of vectors, without torch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.phrases import Phrase

MISFIT = Phrase(
    "The new rows have the shape {found}, the matrix {expected}: the dimensions differ.",
    "Размеры новых строк {found}, а матрицы {expected}: число измерений разное.",
)
GAP = Phrase(
    "The first new id is {first}, but the matrix has only {rows} rows.",
    "Первый новый номер равен {first}, а строк в матрице только {rows}.",
)
SAME_BASE = Phrase(
    "Apply the rows to the model for which they were made.",
    "Примените строки к той модели, для которой они сделаны.",
)

Matrix = NDArray[np.float32]


def applied(matrix: Matrix, first: int, rows: Matrix) -> Matrix:
    """Return a copy of `matrix` [tokens, dimensions] that has `rows` from id `first` on.

    Unused rows of a padded matrix are filled first, then it grows; it never becomes smaller.

    Raises:
        ModelError: rows of another width, or ids that leave a gap.
    """
    if rows.ndim != 2 or rows.shape[1] != matrix.shape[1]:
        raise ModelError(MISFIT, SAME_BASE, found=rows.shape, expected=matrix.shape)
    if not 0 <= first <= len(matrix):
        raise ModelError(GAP, SAME_BASE, first=first, rows=len(matrix))
    size = max(len(matrix), first + len(rows))
    grown = np.empty((size, matrix.shape[1]), matrix.dtype)
    grown[: len(matrix)] = matrix
    grown[first : first + len(rows)] = rows
    return grown
