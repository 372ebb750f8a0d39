"""Features of words, as the CRF reads them."""

from __future__ import annotations

import pytest

from samovar.models.taggers.word_features import rows, shape
from samovar.models.taggers.words import words


@pytest.mark.parametrize(
    ("word", "kinds"),
    [("McDonald", "XxXx"), ("2.5", "0.0"), ("U.S", "X.X"), ("тверь", "x"), ("—", "—")],
)
def test_the_shape_of_a_word(word: str, kinds: str) -> None:
    assert shape(word) == kinds


def test_features_of_a_russian_word_hold_its_dictionary_entry() -> None:
    found = rows(words("Маша живёт в Твери"), "ru")
    assert "0:k=Name" in found[0] and "0:l=тверь" in found[3] and "0:k=Geox" in found[3]
    assert "-1:w=в" in found[3] and "first" in found[0] and "1:none" in found[3]
    assert not any("k=" in one for one in rows(words("Маша"), "en")[0])
