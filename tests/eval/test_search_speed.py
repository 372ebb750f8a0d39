"""The benchmark of search: its stores agree with an exact search, its table says what was measured."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import numpy as np
import pytest

from eval import search_speed, vector_speed
from eval.sets import running_text
from eval.tables.search import speed
from samovar.search.indexing import manifest


def test_every_store_finds_what_an_exact_search_finds(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    vectors = draw.normal(size=(300, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = list(vector_speed.measure(vectors, [300, 400]))
    assert [row["vectors"] for row in rows[:: len(vector_speed.stores())]] == [300, 400]
    assert {row["store"] for row in rows} == {"samovar", "brute force", *vector_speed.OTHERS}
    assert all(row["recall_10"] >= 0.95 for row in rows)
    assert all(row["query_ms"] > 0 and row["megabytes"] > 0 for row in rows)
    vector_speed.draw(rows, tmp_path / "growth.png")
    assert (tmp_path / "growth.png").stat().st_size > 5000


def test_more_vectors_are_moved_copies() -> None:
    vectors = np.eye(384, dtype=np.float32)
    grown = vector_speed.grown(vectors, 800, np.random.default_rng(0))
    assert grown.shape == (800, 384) and np.array_equal(grown[:384], vectors)
    assert np.allclose(np.linalg.norm(grown, axis=1), 1, atol=1e-5)
    near = (grown[384:768] * vectors).sum(1)
    assert near.min() > 0.8 and len(np.unique(grown, axis=0)) == 800


def test_passages_are_cut_from_running_text_once(tmp_path: Path) -> None:
    words = " ".join(f"w{at}" for at in range(60))
    for name in (*running_text.JSON_FILES, *running_text.TEXT_FILES):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        text = json.dumps({"text": words}) if name in running_text.JSON_FILES else words
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
    found = list(running_text.passages(tmp_path))
    assert [passage.split()[0] for passage in found] == ["w0", "w15", "w30"]
    assert {len(passage.split()) for passage in found} == {running_text.WORDS}


def test_the_script_is_stopped_for_the_turns_of_the_others(tmp_path: Path) -> None:
    source, made, pause = tmp_path / "few.jsonl", tmp_path / "index", 0.4
    search_speed.write(["A lamp.", "A river in the snow."], source)

    def turn() -> dict[str, list[float]]:
        time.sleep(pause)
        return {"one": [5.0]}

    began = time.perf_counter()
    seconds, values = search_speed.indexed(source, made, turn, apart=0.5)
    spent = time.perf_counter() - began
    assert len(values["one"]) >= 2 and manifest.read(made).next_key == 2
    assert seconds == pytest.approx(spent - pause * len(values["one"]), abs=0.3)
    with pytest.raises(RuntimeError, match="ended with"):
        search_speed.indexed(tmp_path / "none.jsonl", made, turn, apart=60)


def test_the_table_says_what_was_measured() -> None:
    times = {"p50": 9.51, "p95": 12.0, "per_second": 98.7}
    store = {"store": "samovar", "vectors": 1000, "build_seconds": 0.1, "query_ms": 0.25}
    result = {
        "passages": 100_000,
        "encoding": {
            "rates": {"samovar": 120.0, "float32": 30.0},
            "recall_10": {"samovar": {"stackfaq": 0.9}, "float32": {"stackfaq": 0.91}},
        },
    }
    assert speed.search_speed(result)[2:4] == [
        "| **Samovar (OpenVINO)** | 120.0 | 0.900 |",
        "| SentenceTransformer.encode, fp32 | 30.0 | 0.910 |",
    ]
    result |= {
        "scripts": {
            "index_seconds": 500.4,
            "passages_per_second": 200.0,
            "query_ms": {"hybrid": times},
            "index_mb": 200,
            "store": "hnsw: many",
        },
        "indexing_to_plain": {"float32": 6.67},
        "beside": {"rates": {"float32": 30.0}},
    }
    said = "\n".join(speed.search_speed(result))
    for part in ("100,000 passages", "6.67 times (30 texts/s", "9.5 ms, 12.0 ms, 99/s"):
        assert part in said
    row = {**store, "per_second": 4000.0, "recall_10": 1.0, "megabytes": 2, "kind": "flat"}
    assert speed.vector_speed({"stores": [row]})[2] == (
        "| 1,000 | **samovar** (flat) | 0.1 | 0.25 | 4000 | 1.000 | 2 |"
    )
