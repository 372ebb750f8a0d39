"""Both kinds of store keep the same promises; Milvus Lite runs for real."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from samovar.errors import InputError, StoreError
from samovar.search.documents import filters
from samovar.search.stores import place, structure
from samovar.search.stores.base import Row, Store
from samovar.search.stores.faiss_store import FaissStore
from samovar.search.stores.milvus_store import MilvusStore

SIZE = 16
METADATA = [
    {"topic": "Space", "year": 1957, "tags": ["first", "ussr"]},
    {"topic": "art", "year": "1889", "tags": []},
    {"topic": "space", "year": 2021.5, 'odd "name" \\ é': "x"},
    {"topic": 'a "quoted" \\ value', "date": "2020-05-01", "tags": ["ussr", 7]},
    {"year": -3, "date": "2019-12-31", "flag": True},
    {},
]
PARTS = ["LATIN", "CYRILLIC", "LATIN", "", "CYRILLIC", "LATIN"]
FIELDS = ("topic", "year", "tags", "date", "flag", 'odd "name" \\ é')


def unit(count: int, seed: int = 0) -> np.ndarray:
    found = np.random.default_rng(seed).normal(size=(count, SIZE)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def rows(keys: range | list[int]) -> list[Row]:
    return [Row(key, PARTS[key % 6], METADATA[key % 6]) for key in keys]


@pytest.fixture(params=["faiss", "milvus"])
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Return a function that makes the store, and one that opens it again from the disk."""
    where = place.place(str(tmp_path / "vectors.db") if request.param == "milvus" else "faiss")
    name = place.new_name()
    made: list[Store] = []

    def open_(old: Store | None = None, held: list[Row] | None = None) -> Store:
        if old is None:
            made.append(place.made(where, name, SIZE))
        else:
            folder = tmp_path / f"saved-{len(made)}"
            folder.mkdir()
            old.persist(folder)
            old.close()
            made.append(place.open_store(where, name, folder, held or [], SIZE))
        return made[-1]

    yield open_
    made[-1].close()


@pytest.fixture
def store(reopened: Callable[..., Store]) -> Store:
    return reopened()


EVERY = ("LATIN", "CYRILLIC", "")


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
        ({"year": "1957.0"}, ""),
        ({"year": {">": 1889}}, "02"),
        ({"year": {">=": 1889, "<": 2000}}, "01"),
        ({"year": {"<": 0}}, "4"),
        ({"year": {">=": 2021.5}}, "2"),
        ({"year": {">": "a"}}, ""),
        ({"date": {">=": "2020"}}, "3"),
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
    store: Store, wanted: dict[str, object], expected: str
) -> None:
    vectors = unit(6)
    store.add(rows(range(6)), vectors)
    where = filters.checked(wanted, FIELDS)
    assert store.filter(where) == [int(key) for key in expected]
    found = [key for key, _ in store.search(vectors[0], 6, EVERY, where)]
    order = np.argsort(-(vectors @ vectors[0]), kind="stable").tolist()
    assert found == [key for key in order if str(key) in expected]
    latin = [key for key, _ in store.search(vectors[0], 6, ("LATIN",), where)]
    assert latin == [key for key in found if PARTS[key] == "LATIN"]


def test_a_filter_passes_more_keys_than_one_page(store: Store) -> None:
    vectors = unit(2500)
    store.add(rows(range(2500)), vectors)
    assert store.filter(()) == list(range(2500))
    assert len(store.filter(filters.checked({"flag": True}, FIELDS))) == 416
    store.delete(range(0, 2500, 2))
    assert store.count() == 1250
    assert len(store.search(vectors[1], 1250, EVERY)) == 1250


@pytest.mark.parametrize(
    ("count", "fixed", "expected"),
    [
        (0, "", "flat"),
        (20_000, "", "flat"),
        (20_001, "", "hnsw"),
        (1_000_001, "", "rabitq"),
        (5, "hnsw", "hnsw"),
    ],
)
def test_the_structure_fits_the_size(count: int, fixed: str, expected: str) -> None:
    assert structure.choose(count, fixed).name == expected
    said = structure.reason(count, expected, fixed)
    assert said.en.startswith(expected) and f"{count:,}" in said.ru


def clustered(count: int, dimensions: int = 64) -> np.ndarray:
    """Return vectors in groups, as texts of a topic are; in pure noise nothing is near."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(60, dimensions))
    found = centres[random.integers(0, 60, count)] + 0.6 * random.normal(size=(count, dimensions))
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found.astype(np.float32)


@pytest.mark.parametrize("name", structure.STRUCTURES)
def test_every_structure_finds_nearly_what_an_exact_search_finds(name: str, tmp_path: Path) -> None:
    vectors = clustered(4000)
    held = [Row(key, "LATIN", {"n": key}) for key in range(4000)]
    store = FaissStore(64, name)
    store.add(held[:3500], vectors[:3500])
    store.add(held[3500:], vectors[3500:])
    store.delete(range(100))
    store.persist(tmp_path)
    store = FaissStore.load(tmp_path, held[100:], 64, name)
    assert name in store.reason.en
    hits = 0
    for at in range(200, 4000, 100):
        exact = 100 + np.argsort(-(vectors[100:] @ vectors[at]))[:10]
        found = [key for key, _ in store.search(vectors[at], 10, ("LATIN",))]
        assert len(found) == 10 and min(found) >= 100
        hits += len({*exact.tolist()} & {*found})
    assert hits / 380 >= (1.0 if name == "flat" else 0.9)
    where = filters.checked({"n": {">=": 3990}}, ("n",))
    assert [key for key, _ in store.search(vectors[0], 3, ("LATIN",), where)] == [
        3990 + at for at in np.argsort(-(vectors[3990:] @ vectors[0]))[:3]
    ]
    assert np.allclose(store.vectors([3999]), vectors[3999], atol=0.02)


def test_a_graph_finds_as_many_as_asked_for_though_they_nearly_coincide(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(size=(2000, 64))
    vectors = (0.125 + 0.01 * noise).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    held = [Row(key, "LATIN", {}) for key in range(2000)]
    store = FaissStore(64, "hnsw")
    store.add(held[:1000], vectors[:1000])
    store.persist(tmp_path)
    store = FaissStore.load(tmp_path, held[:1000], 64, "hnsw")
    store.add(held[1000:], vectors[1000:])
    found = [key for key, _ in store.search(vectors[7], 1000, ("LATIN",))]
    exact = np.argsort(-(vectors @ vectors[7]))[:1000].tolist()
    assert len(found) == 1000 and len({*found} & {*exact}) >= 980


def test_a_growing_store_changes_its_structure(monkeypatch: pytest.MonkeyPatch) -> None:
    ladder = [
        replace(row, up_to=n) for row, n in zip(structure.LADDER, (500, 2000, 10**9), strict=True)
    ]
    monkeypatch.setattr(structure, "LADDER", tuple(ladder))
    vectors, store, seen = clustered(3000), FaissStore(64), []
    for start in range(0, 3000, 300):
        keys = range(start, start + 300)
        store.add([Row(key, "LATIN", {}) for key in keys], vectors[start : start + 300])
        seen.append(store.reason.en.split(":")[0])
        found = [store.search(vectors[key], 1, ("LATIN",))[0][0] for key in keys[::30]]
        assert sum(a == b for a, b in zip(found, keys[::30], strict=True)) >= 9
    assert seen == ["flat"] + ["hnsw"] * 5 + ["rabitq"] * 4


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("faiss", ("faiss", "", "")),
        ("faiss:hnsw", ("faiss", "", "hnsw")),
        ("http://host:19530/", ("milvus", "http://host:19530", "")),
        ("/data/v.db", ("milvus", "/data/v.db", "")),
    ],
)
def test_a_store_is_named(said: str, expected: tuple[str, str, str]) -> None:
    found = place.place(said)
    assert (found.kind, found.uri, found.structure) == expected


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("milvus", "`--store` has no value 'milvus'"),
        ("faiss:tree", "flat, hnsw, rabitq"),
        ("ftp://host/x.db", "`--store` has no value"),
        ("https://user:secret@host:19530", "must not hold a password"),
    ],
)
def test_an_unknown_store_is_refused(said: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        place.place(said)
    assert "secret" not in str(refused.value)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(StoreError, match=r"127\.0\.0\.1:1 does not answer as it should"):
        MilvusStore("http://127.0.0.1:1", "samovar_x", SIZE)


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samovar.search.stores.milvus_client.SECONDS", 2.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port, held = silent.getsockname()[1], []
        accept = threading.Thread(target=lambda: held.append(silent.accept()), daemon=True)
        accept.start()
        begun = time.monotonic()
        with pytest.raises(StoreError, match="does not answer as it should"):
            MilvusStore(f"http://127.0.0.1:{port}", "samovar_x", SIZE)
        assert time.monotonic() - begun < 30


def test_a_collection_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = str(tmp_path / "v.db")
    with pytest.raises(StoreError, match="has no collection samovar_x"):
        MilvusStore(file, "samovar_x", SIZE)
    assert not list(tmp_path.iterdir()), "looking makes no file"
    MilvusStore(file, "samovar_y", SIZE, new=True).close()
    with pytest.raises(StoreError, match="has no collection samovar_x"):
        MilvusStore(file, "samovar_x", SIZE)


def test_a_file_in_use_by_another_process_is_told(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pymilvus import MilvusClient\n"
        "client = MilvusClient(sys.argv[1])\nprint('ready', flush=True)\ntime.sleep(60)\n"
    )
    file = str(tmp_path / "v.db")
    other = subprocess.Popen([sys.executable, "-c", code, file], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout and other.stdout.readline() == "ready\n"
        with pytest.raises(StoreError, match="another process has it"):
            MilvusStore(file, "samovar_x", SIZE)
    finally:
        other.kill()
        other.wait()
