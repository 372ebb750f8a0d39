"""Passages, words, fusion, filters and the offset of languages, each on its own."""

from __future__ import annotations

import numpy as np
import pytest

from samovar.errors import InputError
from samovar.search import chunks, filters
from samovar.search.collection import GROUP, evened
from samovar.search.corpus import Document
from samovar.search.fusion import fused
from samovar.search.words import WordIndex, script, shared, stems


@pytest.mark.parametrize(
    ("text", "passages"),
    [  # at most 20 characters
        ("Short one.", ["Short one."]),
        ("One two. Three four five.", ["One two.", "Three four five."]),
        ("Tea. Cup. Jam. Pie. Bun.", ["Tea. Cup. Jam. Pie.", "Pie. Bun."]),
        ("Раз два. Три четыре.\n\nПять.", ["Раз два. Три четыре.", "Пять."]),
        ("no stops but many words here", ["no stops but many", "words here"]),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
    ],
)
def test_passages_are_whole_sentences(text: str, passages: list[str]) -> None:
    assert chunks.passages(text, 20) == passages


def test_passages_lose_nothing_and_keep_the_limit() -> None:
    words = [f"w{at}" + ("." if at % 7 == 0 else "") for at in range(2000)]
    found = chunks.passages(" ".join(words))
    assert max(map(len, found)) <= chunks.LONGEST
    assert set(" ".join(found).split()) == set(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The cats were running", "cat run"),
        ("Что кошки едят ёжиков", "кошк ед ежик"),
        ("Kubernetes и поды", "kubernet под"),
        ("what is it?", ""),
        ("1957 — 茶", "1957 茶"),
        ("!!! 🎄", ""),
    ],
)
def test_stems(text: str, expected: str) -> None:
    assert stems(text) == expected.split()


def test_shared_words_are_found_in_every_form() -> None:
    text = "Samovars boil; the samovar's pipe."
    assert [text[a:b] for a, b in shared(text, "a boiling samovar")] == [
        "Samovars",
        "boil",
        "samovar",
    ]


@pytest.mark.parametrize(
    ("text", "expected"), [("Tea и", "LATIN"), ("чай tea мёд", "CYRILLIC"), ("1957?", "")]
)
def test_script(text: str, expected: str) -> None:
    assert script(text) == expected


def test_words_rank_only_what_shares_a_word() -> None:
    index = WordIndex.of(["tea and milk", "coffee", "milk milk milk", "!!!", "чай с молоком"])
    assert [at for at, _ in index.search("cups of milk", 10)] == [2, 0]
    assert [at for at, _ in index.search("Молоко", 10)] == [4]
    assert index.search("the", 10) == index.search("zebra", 10) == index.search("!!!", 10) == []
    assert WordIndex.of(["!!!", "и"]).search("tea", 3) == []


@pytest.mark.parametrize(
    ("dense", "words", "beyond", "expected"),
    [
        ("abc", "", "", "abc"),
        ("abc", "c", "", "cab"),
        ("abc", "dc", "", "cabd"),
        ("abcd", "cd", "ab", "abcd"),  # of another script: nothing is lost for want of words
        ("abcd", "dc", "b", "bcda"),
        ("", "ba", "", "ba"),
    ],
)
def test_fusion(dense: str, words: str, beyond: str, expected: str) -> None:
    numbers = "abcd"
    found = fused(
        [numbers.index(at) for at in dense],
        [numbers.index(at) for at in words],
        {numbers.index(at) for at in beyond},
    )
    assert "".join(numbers[at] for at, _ in found) == expected
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


SPUTNIK = Document("s", "Sputnik", "…", {"topic": "Space", "year": 1957, "tags": ["first", "ussr"]})


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, True),
        ({"topic": "space"}, True),
        ({"topic": " SPACE "}, True),
        ({"year": "1957"}, True),
        ({"year": 1957}, True),
        ({"year": 1957.0}, True),
        ({"year": "1958"}, False),
        ({"tags": "ussr"}, True),
        ({"topic": "space", "year": "1"}, False),
        ({"mood": "calm"}, False),
    ],
)
def test_filters(wanted: dict[str, object], expected: bool) -> None:
    fields = (*filters.fields([SPUTNIK]), "mood")
    assert filters.passes(SPUTNIK, filters.checked(wanted, fields)) is expected


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"colour": "red"}, "no document has a field `colour`.*The fields are: tags, topic, year"),
        ({"topic": None}, "filter `topic` must be a text or a number"),
        ({"topic": ["a"]}, "filter `topic` must be a text or a number"),
        ("topic=space", "`filters` must name fields"),
        ([("topic", "space")], "`filters` must name fields"),
    ],
)
def test_bad_filters_are_refused(wanted: object, told: str) -> None:
    with pytest.raises(InputError, match=f"(?i){told}"):
        filters.checked(wanted, filters.fields([SPUTNIK]))


def test_every_script_is_moved_to_the_common_mean() -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(2 * GROUP + 3, 8)).astype(np.float32)
    vectors[:GROUP] += 5
    scripts = ["LATIN"] * GROUP + ["CYRILLIC"] * GROUP + ["HAN"] * 3
    moved = evened(vectors, scripts)
    latin, cyrillic = moved[:GROUP], moved[GROUP : 2 * GROUP]
    assert np.allclose(latin.mean(0), cyrillic.mean(0), atol=1e-5)
    assert np.allclose(latin - latin[0], vectors[:GROUP] - vectors[0], atol=1e-5)
    assert (moved[2 * GROUP :] == vectors[2 * GROUP :]).all(), (
        "three passages have no mean to trust"
    )
    assert np.allclose(evened(vectors, ["LATIN"] * len(vectors)), vectors, atol=1e-6)
