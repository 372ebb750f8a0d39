"""Both kinds of store keep the same promises; Milvus Lite runs for real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from samovar.errors import StoreError
from samovar.search.documents import filters
from samovar.search.documents.corpus import Document
from samovar.search.documents.fields import fields_of
from samovar.search.stores import place
from samovar.search.stores.base import Row, Store

KINDS = ("faiss", "milvus")
SIZE = 16
METADATA = [
    {"topic": "Space", "year": 1957, "tags": ["first", "ussr"]},
    {"topic": "art", "year": "1889", "tags": []},
    {"topic": "space", "year": 2021.5, 'odd "name" \\ é': "x"},
    {"topic": 'a "quoted" \\ value', "date": "2020-05-01", "tags": ["ussr", 7]},
    {"year": -3, "date": "2019-12-31", "flag": True},
    {
        "price": 9.90,
        "p": 0.00001,
        "id": 1460323737035677698,
        "free": ["1,499", "120 EUR"],
        "y": ["+5", "1e3", ".5"],
        "place": "Cafe\u0301 Чай\u0306",
        "moment": "2020-05-01T23:30:00-02:00",
    },
]
FIELDS = fields_of([Document(str(at), "", "x", row) for at, row in enumerate(METADATA)])
PARTS = ["LATIN", "CYRILLIC", "LATIN", "", "CYRILLIC", "LATIN"]
EVERY = ("LATIN", "CYRILLIC", "")


def unit(count: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(count, SIZE)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def rows(keys: range | list[int]) -> list[Row]:
    return [Row(key, PARTS[key % 6], METADATA[key % 6]) for key in keys]


def where(kind: str, folder: Path) -> place.Place:
    return place.place(str(folder / "vectors.db") if kind == "milvus" else "faiss")


@pytest.fixture(params=KINDS)
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Return a function that makes the store, and one that opens it again from the disk."""
    at = where(request.param, tmp_path)
    name = place.new_name()
    made: list[Store] = []

    def open_(old: Store | None = None, held: list[Row] | None = None) -> Store:
        if old is None:
            made.append(place.made(at, name, SIZE))
        else:
            folder = tmp_path / f"saved-{len(made)}"
            folder.mkdir()
            old.persist(folder)
            old.close()
            made.append(place.open_store(at, name, folder, held or [], SIZE))
        return made[-1]

    yield open_
    made[-1].close()


@pytest.fixture
def store(reopened: Callable[..., Store]) -> Store:
    return reopened()


@pytest.fixture(scope="module", params=KINDS)
def six(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Six rows to be read only: a file of Milvus takes half a second to open."""
    folder = tmp_path_factory.mktemp("six")
    found = place.made(where(request.param, folder), place.new_name(), SIZE)
    found.add(rows(range(6)), unit(6))
    yield found
    found.close()


def test_the_nearest_come_first(store: Store) -> None:
    vectors = unit(60)
    store.add(rows(range(60)), vectors)
    assert store.count() == 60
    for at in (0, 7, 33):
        found = store.search(vectors[at], 5, EVERY)
        expected = np.argsort(-(vectors @ vectors[at]), kind="stable")[:5]
        assert [key for key, _ in found] == expected.tolist()
        assert [score for _, score in found] == pytest.approx(
            (vectors @ vectors[at])[expected].tolist(), abs=1e-5
        )


def test_only_the_parts_asked_for_are_searched(store: Store) -> None:
    vectors = unit(30)
    store.add(rows(range(30)), vectors)
    for parts in (("CYRILLIC",), ("LATIN", ""), ("",), ("HAN",), ()):
        found = {key for key, _ in store.search(vectors[0], 30, parts)}
        assert found == {key for key in range(30) if PARTS[key % 6] in parts}


def test_a_depth_beyond_everything_gives_everything(store: Store) -> None:
    vectors = unit(9)
    store.add(rows(range(9)), vectors)
    assert len(store.search(vectors[0], 10_000, EVERY)) == 9
    assert store.search(vectors[0], 0, EVERY) == []


def test_an_empty_store_answers(store: Store) -> None:
    assert (store.count(), store.search(unit(1)[0], 3, EVERY), store.filter(())) == (0, [], [])
    store.delete([1, 2])
    assert store.vectors([]).shape == (0, SIZE)


def test_what_is_deleted_is_gone(store: Store) -> None:
    vectors = unit(50)
    store.add(rows(range(50)), vectors)
    store.delete([3, 4, 999])
    assert store.count() == 48
    assert not {3, 4} & {key for key, _ in store.search(vectors[3], 48, EVERY)}
    assert len(store.search(vectors[3], 48, EVERY)) == 48
    with pytest.raises(StoreError, match="vector 3"):
        store.vectors([3])
    store.add(rows([3]), vectors[3:4])
    assert store.search(vectors[3], 1, EVERY)[0][0] == 3


def test_a_known_key_is_replaced(store: Store) -> None:
    vectors = unit(12)
    store.add(rows(range(12)), vectors)
    store.add([Row(5, "LATIN", {"topic": "new"})], vectors[:1])
    assert store.count() == 12
    assert np.allclose(store.vectors([5, 0]), vectors[[0, 0]], atol=1e-6)
    wanted = filters.checked({"topic": "NEW"}, FIELDS)
    assert store.filter(wanted) == [5]
    assert [key for key, _ in store.search(vectors[0], 2, ("LATIN",))] == [0, 5]


def test_many_are_found_after_a_restart(reopened: Callable[..., Store]) -> None:
    vectors, held = unit(1200), [Row(key, "LATIN", {}) for key in range(1200)]
    store = reopened()
    for start in range(0, 1200, 400):  # each time written: a segment of its own in Milvus
        store.add(held[start : start + 400], vectors[start : start + 400])
        store = reopened(store, held[: start + 400])
    store.delete(range(400))
    store = reopened(store, held[400:])
    found = [key for key, _ in store.search(vectors[0], 800, ("LATIN",))]
    assert found == (400 + np.argsort(-(vectors[400:] @ vectors[0]), kind="stable")).tolist()


def test_vectors_come_back_in_the_order_asked_for(store: Store) -> None:
    vectors = unit(40)
    store.add(rows(range(40)), vectors)
    keys = [39, 0, 17, 17, 2]
    assert np.allclose(store.vectors(keys), vectors[keys], atol=1e-6)


def test_it_outlasts_its_process(reopened: Callable[..., Store]) -> None:
    first, vectors = reopened(), unit(25)
    first.add(rows(range(25)), vectors)
    first.delete([7])
    kept = [row for row in rows(range(25)) if row.key != 7]
    again = reopened(first, kept)
    assert again.count() == 24
    assert again.search(vectors[2], 1, EVERY)[0][0] == 2
    assert again.filter(filters.checked({"flag": True}, FIELDS)) == [4, 10, 16, 22]
    again.add(rows([25]), vectors[7:8])
    assert again.search(vectors[7], 1, EVERY)[0][0] == 25
    third = reopened(again, [*kept, *rows([25])])
    assert third.count() == 25


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, "012345"),
        ({"topic": "space"}, "02"),
        ({"topic": ["ART", " space "]}, "012"),
        ({"topic": {"!=": "space"}}, "1345"),
        ({"topic": {"not in": ["art", "space"]}}, "345"),
        ({"topic": 'a "quoted" \\ value'}, "3"),
        ({"topic": '"] or true or ["'}, ""),
        ({'odd "name" \\ é': "X"}, "2"),
        ({"year": 1957}, "0"),
        ({"year": "1957.0"}, "0"),
        ({"year": {">": 1889}}, "02"),
        ({"year": {">=": 1889, "<": 2000}}, "01"),
        ({"year": {"<": 0}}, "4"),
        ({"year": {">=": 2021.5}}, "2"),
        ({"date": {">=": "2020"}}, "3"),
        ({"date": "2020"}, "3"),
        ({"date": "01.05.2020"}, "3"),
        ({"date": {">": "2019"}}, "3"),
        ({"date": {">": 2020}}, ""),
        ({"date": {"<=": "2020-05"}}, "34"),
        ({"date": {"!=": "2020-05"}}, "01245"),
        ({"price": "9.9"}, "5"),
        ({"price": {">": 9.89, "<": "9.91"}}, "5"),
        ({"p": {"<": 0.001}}, "5"),
        ({"p": {">=": 0.001}}, ""),
        ({"id": {"<": 999999999999999999}}, ""),
        ({"id": {">": 1460323737035677697}}, "5"),
        ({"id": "1460323737035677699"}, ""),
        ({"free": {"<": 50}}, ""),
        ({"free": {">=": 0}}, ""),
        ({"y": {"<": 1}}, "5"),
        ({"y": {">": 999}}, "5"),
        ({"y": {">": 1000}}, ""),
        ({"place": "café чай\u0306"}, "5"),
        ({"moment": "2020-05-02"}, "5"),
        ({"moment": {"<=": "2020-05-02"}}, "5"),
        ({"moment": {"<": "2020-05-02"}}, ""),
        ({"topic": {">": True}}, ""),
        ({"date": {"<": "2020-01-01"}}, "4"),
        ({"date": {"<": 2020}}, "4"),
        ({"topic": {">": 5}}, ""),
        ({"tags": "ussr"}, "03"),
        ({"tags": {">": 5}}, "3"),
        ({"tags": {"!=": "ussr"}}, "1245"),
        ({"flag": True}, "4"),
        ({"topic": "space", "year": {">": 2000}}, "2"),
    ],
)
def test_a_filter_means_the_same_everywhere(
    six: Store, wanted: dict[str, object], expected: str
) -> None:
    vectors, asked = unit(6), filters.checked(wanted, FIELDS)
    assert six.filter(asked) == [int(key) for key in expected]
    found = [key for key, _ in six.search(vectors[0], 6, EVERY, asked)]
    order = np.argsort(-(vectors @ vectors[0]), kind="stable").tolist()
    assert found == [key for key in order if str(key) in expected]
    latin = [key for key, _ in six.search(vectors[0], 6, ("LATIN",), asked)]
    assert latin == [key for key in found if PARTS[key] == "LATIN"]


def test_a_filter_passes_more_keys_than_one_page(store: Store) -> None:
    vectors = unit(2500)
    store.add(rows(range(2500)), vectors)
    assert store.filter(()) == list(range(2500))
    assert len(store.filter(filters.checked({"flag": True}, FIELDS))) == 416
    store.delete(range(0, 2500, 2))
    assert store.count() == 1250
    assert len(store.search(vectors[1], 1250, EVERY)) == 1250
