"""Passages, words, fusion, filters and the offset of languages, each on its own."""

from __future__ import annotations

import numpy as np
import pytest

from samovar.errors import InputError
from samovar.search.documents import chunks, filters
from samovar.search.documents.corpus import Document
from samovar.search.documents.fields import fields_of
from samovar.search.passages.offsets import GROUP, Offsets
from samovar.search.passages.words import SHORT, Terms, WordIndex, script, shared, terms
from samovar.search.ranking.fusion import WORDS, fused, point


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
        ("Что кошки едят ёжиков", "кошка есть ежик"),
        ("Kubernetes и люди", "kubernet человек"),
        ("what is it?", ""),
        ("1957 — 茶", "1957 茶"),
        ("!!! 🎄", ""),
    ],
)
def test_terms(text: str, expected: str) -> None:
    assert terms(text) == expected.split()


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
    ("dense", "words", "expected"),
    [  # of one script; a point is worth 0.1
        ("a9 b8 c7", "", "abc"),
        ("a9 b8 c7", "c3", "cab"),
        ("a9 b8 c7", "b9 c1", "bac"),
        ("a9 b8 c7", "d1", "abdc"),  # only words found it: as near as the last, and more
        ("a9 b8 c7", "c2", "acb"),  # of equals, the nearer in meaning
        ("", "b2 a1", "ba"),
        # of several scripts, the second one in capitals: each keeps its places
        ("A9 b8 C7 d6", "d9", "AdCb"),
        ("A9 b8 C7 d6", "C9 d9", "CdAb"),
        ("a9 b8", "C9", "abC"),
        ("A9 b8 C7 d6", "e9 d5", "AeCdb"),
    ],
)
def test_fusion(dense: str, words: str, expected: str) -> None:
    names = "abcdeABCDE"

    def listed(text: str) -> list[tuple[int, float]]:
        return [(names.index(one[0]), float(one[1])) for one in text.split()]

    near = [(at, score / 10) for at, score in listed(dense)]
    scripts = ["LATIN" if name.islower() else "CYRILLIC" for name in names]
    found = fused(near, listed(words), 0.1, scripts)
    assert "".join(names[at] for at, _ in found) == expected
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)


def test_a_point_of_words_follows_the_spread_of_the_encoder() -> None:
    assert point(0.5, 4) == pytest.approx(WORDS / 8)
    assert point(0.5, 0) == 0
    near = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    assert Offsets().changed(["LATIN"] * 3, near).spread == pytest.approx(2 / 3)
    assert Offsets().changed(["LATIN"] * 2, near[:2]).spread == pytest.approx(0)
    assert Offsets().changed(["LATIN", "HAN", "LATIN"], near).spread == pytest.approx(1)
    assert Offsets().changed(["LATIN", "HAN"], near[:2]).spread == 0
    assert Offsets().spread == 0


def test_words_can_attain_as_much_as_the_rarest_each() -> None:
    index = WordIndex.of(["tea and milk", "coffee", "milk milk milk", "чай с молоком"])
    ((_, coffee),) = index.search("coffee", 1)
    assert index.attainable("coffee beans from Peru, two bags") == pytest.approx(5 * coffee)
    unknown = "zebra, a word that no text has, counts, too"
    assert index.attainable(unknown) == pytest.approx(len(terms(unknown)) * coffee)
    for short in ("coffee", "tea with milk", "the"):
        assert index.attainable(short) == pytest.approx(SHORT * coffee)


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
        ({"topic": ["art", "space"]}, True),
        ({"topic": {"in": ["art"]}}, False),
        ({"topic": {"!=": "art"}}, True),
        ({"tags": {"not in": ["first", "last"]}}, False),
        ({"mood": {"!=": "calm"}}, True),
        ({"year": {">=": 1957, "<": "1958"}}, True),
        ({"year": {">": 1957}}, False),
        ({"year": {"<=": 1956.5}}, False),
        ({"topic": {">": "art"}}, True),
        ({"topic": {"<": "art"}}, False),
        ({"topic": {">": 5}}, False),
        ({"mood": {">": 0}}, False),
    ],
)
def test_filters(wanted: dict[str, object], expected: bool) -> None:
    fields = {**fields_of([SPUTNIK]), "mood": ()}
    assert filters.passes(SPUTNIK.metadata, filters.checked(wanted, fields)) is expected


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (
            {"colour": "red"},
            "no document has a field `colour`.*The fields are: tags .texts., topic .texts., year .numbers.",
        ),
        ({"topic": None}, "filter `topic` must be a text or a number"),
        ({"topic": [["a"]]}, "filter `topic` must be a text or a number"),
        ({"year": {">": [1, 2]}}, "filter `year` must be a text or a number"),
        ({"year": {"~": 1}}, 'filter `year` has no operator "~".*The operators are: <, <='),
        ({"topic": []}, "filter `topic` has 0 values"),
        ({"topic": ["a"] * 101}, "filter `topic` has 101 values; at most 100"),
        ("topic=space", "`filters` must say a field"),
        ([("topic", "space")], "`filters` must say a field"),
    ],
)
def test_bad_filters_are_refused(wanted: object, told: str) -> None:
    with pytest.raises(InputError, match=f"(?i){told}"):
        filters.checked(wanted, fields_of([SPUTNIK]))


def moved(vectors: np.ndarray, scripts: list[str]) -> np.ndarray:
    found = vectors.copy()
    for names, offset in Offsets().changed(scripts, vectors).shifts:
        found[[script in names for script in scripts]] += offset
    return found


def test_every_script_is_moved_to_the_common_mean() -> None:
    random = np.random.default_rng(0)
    vectors = random.normal(size=(2 * GROUP + 3, 8)).astype(np.float32)
    vectors[:GROUP] += 5
    scripts = ["LATIN"] * GROUP + ["CYRILLIC"] * GROUP + ["HAN"] * 3
    after = moved(vectors, scripts)
    latin, cyrillic = after[:GROUP], after[GROUP : 2 * GROUP]
    assert np.allclose(latin.mean(0), cyrillic.mean(0), atol=1e-5)
    assert np.allclose(latin - latin[0], vectors[:GROUP] - vectors[0], atol=1e-5)
    assert (after[2 * GROUP :] == vectors[2 * GROUP :]).all(), (
        "three passages have no mean to trust"
    )
    assert np.allclose(moved(vectors, ["LATIN"] * len(vectors)), vectors, atol=1e-6)


def test_means_follow_what_comes_and_goes() -> None:
    random = np.random.default_rng(1)
    vectors = random.normal(size=(100, 8)).astype(np.float32)
    scripts = ["LATIN", "CYRILLIC"] * 50
    grown = Offsets().changed(scripts[:60], vectors[:60]).changed(scripts[60:], vectors[60:])
    left = grown.changed(scripts[80:], vectors[80:], -1)
    direct = Offsets().changed(scripts[:80], vectors[:80])
    for (names, offset), (same, expected) in zip(left.shifts, direct.shifts, strict=True):
        assert names == same and np.allclose(offset, expected, atol=1e-6)
    assert left.changed(scripts[:80], vectors[:80], -1).shifts == []


def test_terms_are_carried_into_a_changed_index() -> None:
    old = ["tea and milk", "coffee", "чай с молоком", "!!!"]
    new = ["milk in a glass", "и"]
    both = Terms.of(old).joined(Terms.of(new))
    order = [4, 2, 0, 5]
    carried = WordIndex.of_terms(both.taken(order))
    direct = WordIndex.of([(old + new)[at] for at in order])
    for query in ("milk", "чай", "coffee", "tea glass", "молоко"):
        assert carried.search(query, 4) == direct.search(query, 4)


def test_the_best_of_many_by_words_are_found_without_sorting_all() -> None:
    index = WordIndex.of([f"tea {'cup ' * (at % 7)}" for at in range(500)])
    everything = index.search("cup tea", 500)
    assert index.search("cup tea", 20) == everything[:20]
    assert [score for _, score in everything] == sorted((s for _, s in everything), reverse=True)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["topic=space"], {"topic": {"=": "space"}}),
        (["year >= 1900", "year<2000"], {"year": {">=": "1900", "<": "2000"}}),
        (["topic in art, space"], {"topic": {"in": ["art", "space"]}}),
        (["topic  not  in art"], {"topic": {"not in": ["art"]}}),
        (["main topic!=a=b"], {"main topic": {"!=": "a=b"}}),
        (["inn=x"], {"inn": {"=": "x"}}),
    ],
)
def test_conditions_can_be_written(lines: list[str], expected: dict[str, object]) -> None:
    assert filters.written(lines) == expected


@pytest.mark.parametrize("line", ["topic", "=space", "topic=", "topic in", "", "in a"])
def test_what_is_no_condition_is_refused(line: str) -> None:
    with pytest.raises(InputError, match="`filters` must say a field"):
        filters.written([line])
