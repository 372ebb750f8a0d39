"""The structures of FAISS: which fits the size, and what each finds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from samovar.search.documents import filters
from samovar.search.stores import structure
from samovar.search.stores.base import Row
from samovar.search.stores.faiss_store import FaissStore


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
    assert said.en.startswith(expected) and f"{count:,}".replace(",", "\u00a0") in said.ru


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
    where = filters.checked({"n": {">=": 3990}}, {"n": ("number",)})
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
