"""The sentence of a passage that is nearest to the question."""

from __future__ import annotations

from samovar.models.base import Encoder
from samovar.records import Hit
from samovar.search.sentences import MOST, nearest

TEXT = "Tea is picked in spring. The Moon raises the tides of the sea. Bread is baked at night."


def test_the_nearest_sentence_by_meaning_and_by_words(minilm: Encoder) -> None:
    hits = [Hit(1, 1.0, "a", "", TEXT), Hit(2, 0.5, "b", "", "One sentence only.")]
    assert nearest(hits, "why does the ocean rise and fall", minilm) == (
        "The Moon raises the tides of the sea.",
        "",
    )
    assert nearest(hits, "picking teas", None) == ("Tea is picked in spring.", "")
    assert nearest([], "tea", minilm) == ()


def test_only_the_first_hits_are_read() -> None:
    hits = [Hit(at, 1.0, str(at), "", TEXT) for at in range(MOST + 5)]
    assert len(nearest(hits, "tea", None)) == MOST
