import numpy as np
import pytest

from samovar.errors import ModelError
from samovar.tokenizer.applied import applied

MATRIX = np.arange(12, dtype=np.float32).reshape(4, 3)


@pytest.mark.parametrize(("first", "size"), [(2, 4), (3, 5), (4, 6), (1, 4)])
def test_unused_rows_first_then_growth_never_fewer(first: int, size: int) -> None:
    rows = -np.ones((2, 3), np.float32)
    grown = applied(MATRIX, first, rows)
    assert grown.shape == (size, 3) and grown.dtype == np.float32
    assert np.array_equal(grown[first : first + 2], rows)
    assert np.array_equal(grown[:first], MATRIX[:first])
    assert np.array_equal(grown[first + 2 :], MATRIX[first + 2 :])
    assert MATRIX[2, 0] == 6  # the caller's matrix is mapped from disk


@pytest.mark.parametrize(
    ("first", "shape", "said"),
    [(5, (1, 3), "first new id is 5"), (4, (1, 2), r"\(1, 2\)"), (-1, (1, 3), "-1")],
)
def test_rows_that_do_not_fit_are_refused(first: int, shape: tuple[int, int], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        applied(MATRIX, first, np.zeros(shape, np.float32))
