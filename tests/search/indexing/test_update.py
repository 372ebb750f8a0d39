"""An index is brought up to date: only what changed is encoded, the result is as if made anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samovar.errors import InputError, StoreError
from samovar.models.base import Encoder
from samovar.search import core
from samovar.search.documents.corpus import Document
from samovar.search.indexing import folder, groups, manifest
from samovar.search.indexing import update as indexing
from samovar.search.indexing.checkpoints import PENDING, Checkpoints
from samovar.search.indexing.lock import writing
from samovar.search.indexing.update import Change, Report
from samovar.search.passages.assembly import Encoded, collect
from samovar.search.passages.collection import Collection
from samovar.search.stores.place import Place, place

SUBJECTS = ["tea", "violins", "the moon", "bread", "bees", "rivers", "glass", "trains", "snow"]
QUERIES = ["who plays violins", "hot drinks", "what flies to flowers", "winter weather", "tides"]


def documents(ids: range | Sequence[int], version: str = "one") -> tuple[Document, ...]:
    return tuple(
        Document(
            f"d{at}",
            "",
            f"Notice {at} is about {SUBJECTS[at % 9]} and {SUBJECTS[at % 7]}, version {version}.",
            {"n": at, "version": version},
        )
        for at in ids
    )


@dataclass
class Counting:
    """Count what an encoder is given; the vectors are the real ones."""

    inner: Encoder
    texts: list[str] = field(default_factory=list)
    fail_after: int = 10**9

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def encode(self, texts: Sequence[str], kind: Any = "symmetric", progress: Any = None) -> Any:
        if kind == "passage":
            if len(self.texts) >= self.fail_after:
                raise KeyboardInterrupt
            self.texts += texts
        return self.inner.encode(texts, kind, progress)


@pytest.fixture(params=["faiss", "milvus"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return place("faiss" if request.param == "faiss" else str(tmp_path / "vectors.db"))


@pytest.fixture
def counting(minilm: Encoder) -> Counting:
    return Counting(minilm)


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(groups, "GROUP", 1000)
    yield


def update(path: Path, encoder: Any, *made: Any, **change: Any) -> tuple[Collection, Report]:
    return indexing.update(path / "index", encoder, Change(*made, **change))


def answers(collection: Collection, encoder: Encoder) -> list[list[tuple[str, int | None]]]:
    vectors = encoder.encode(QUERIES, "query")
    asked = [core.question(query, "en", k=8) for query in QUERIES]
    return [
        [(hit.id, hit.bm25_rank) for hit in core.search(collection, one, vector).hits]
        for one, vector in zip(asked, vectors, strict=True)
    ]


def counts(report: Report) -> str:
    said = (report.added, report.changed, report.removed, report.unchanged, report.resumed)
    return "+{} ~{} -{} ={} ^{}".format(*said)


def test_only_what_changed_is_encoded(tmp_path: Path, counting: Counting, where: Place) -> None:
    first = documents(range(40))
    _, report = update(tmp_path, counting, first, store=where)
    assert (counts(report), len(counting.texts)) == ("+40 ~0 -0 =0 ^0", 40)
    written = manifest.read(tmp_path / "index")
    _, report = update(tmp_path, counting, first)
    assert (counts(report), len(counting.texts)) == ("+0 ~0 -0 =40 ^0", 40)
    assert manifest.read(tmp_path / "index") == written, "nothing to write"
    changed = (*first[10:20], *documents(range(20, 25), "two"), *documents(range(50, 53)))
    made, report = update(tmp_path, counting, changed)
    assert (counts(report), len(counting.texts)) == ("+3 ~5 -25 =10 ^0", 48)
    anew = collect(changed, counting.inner)
    read = folder.load(tmp_path / "index", counting.inner)
    assert read.documents == made.documents == changed
    assert answers(read, counting.inner) == answers(anew, counting.inner)
    keys = [passage.key for passage in read.passages]
    expected = anew.store.vectors([passage.key for passage in anew.passages])
    assert np.allclose(read.store.vectors(keys), expected, atol=0.02)
    assert len(set(keys)) == 18 and max(keys) == 47 and read.next_key == 48


def test_documents_are_added_and_deleted_by_id(
    tmp_path: Path, counting: Counting, where: Place
) -> None:
    update(tmp_path, counting, documents(range(10)), store=where)
    more = (*documents(range(8, 12), "two"),)
    made, report = update(tmp_path, counting, more, keep=True)
    assert counts(report) == "+2 ~2 -0 =8 ^0"
    assert [one.id for one in made.documents] == [f"d{at}" for at in range(12)]
    made, report = update(tmp_path, counting, keep=True, delete=("d0", "d11"))
    assert counts(report) == "+0 ~0 -2 =10 ^0" and len(counting.texts) == 14
    found = {hit for one in answers(made, counting.inner) for hit, _ in one}
    assert "d10" in found and not found & {"d0", "d11"}
    with pytest.raises(InputError, match="no document `d0`; nothing was deleted"):
        update(tmp_path, counting, keep=True, delete=("d1", "d0"))
    with pytest.raises(InputError, match=r"would leave the index in .* empty"):
        update(tmp_path, counting, keep=True, delete=tuple(one.id for one in made.documents))
    read = folder.load(tmp_path / "index", counting.inner)
    assert read.documents == made.documents
    _, report = update(tmp_path, counting, documents([3]))
    assert counts(report) == "+0 ~0 -9 =1 ^0"


def test_an_interrupted_indexing_goes_on(tmp_path: Path, counting: Counting, where: Place) -> None:
    update(tmp_path, counting, documents(range(5), "old"), store=where)
    counting.texts.clear()
    counting.fail_after = 60
    seen: list[tuple[int, int]] = []
    new = documents(range(100))
    with pytest.raises(KeyboardInterrupt):
        indexing.update(
            tmp_path / "index", counting, Change(new), progress=lambda *said: seen.append(said)
        )
    reported = seen[-1][0]
    assert 60 <= reported < 100 and seen[-1][1] == 100
    read = folder.load(tmp_path / "index", counting.inner)
    assert read.documents == documents(range(5), "old"), "readers see the old index"
    assert {hit for one in answers(read, counting.inner) for hit, _ in one} <= {
        f"d{at}" for at in range(5)
    }
    counting.texts.clear()
    counting.fail_after = 10**9
    made, report = update(tmp_path, counting, new)
    assert len(counting.texts) == 100 - reported
    assert counts(report) == f"+95 ~5 -0 =0 ^{reported}"
    assert answers(made, counting.inner) == answers(collect(new, counting.inner), counting.inner)
    assert not (tmp_path / "index" / PENDING).exists()


def test_a_damaged_checkpoint_is_encoded_again(tmp_path: Path, counting: Counting) -> None:
    counting.fail_after = 50
    with pytest.raises(KeyboardInterrupt):
        update(tmp_path, counting, documents(range(80)))
    files = sorted((tmp_path / "index" / PENDING).glob("*.npz"))
    assert len(files) >= 2
    files[0].write_bytes(files[0].read_bytes()[:100])
    files[1].write_bytes(b"")
    counting.fail_after = 10**9
    made, report = update(tmp_path, counting, documents(range(80)))
    assert 0 < report.resumed < 50 and len(made.passages) == 80


def test_checkpoints_of_another_encoder_are_not_used(tmp_path: Path, minilm: Encoder) -> None:
    held = collect(documents(range(3)), minilm).store.vectors([0, 1, 2])
    first = Checkpoints(tmp_path, {"encoder": "a"})
    first.write({"x": Encoded(("text",), held[:1])})
    assert np.array_equal(Checkpoints(tmp_path, {"encoder": "a"}).read()["x"].vectors, held[:1])
    assert Checkpoints(tmp_path, {"encoder": "b"}).read() == {}
    assert Checkpoints(tmp_path, {"encoder": "a"}).read() == {}


def test_a_reader_keeps_its_index_while_another_is_written(
    tmp_path: Path, counting: Counting, where: Place
) -> None:
    update(tmp_path, counting, documents(range(30)), store=where)
    old = folder.load(tmp_path / "index", counting.inner)
    before = answers(old, counting.inner)
    update(tmp_path, counting, documents(range(15, 60), "two"))
    assert answers(old, counting.inner) == before, "the old one, as it was"
    now = folder.load(tmp_path / "index", counting.inner)
    assert {one.metadata["version"] for one in now.documents} == {"two"}
    expected = collect(documents(range(15, 60), "two"), counting.inner)
    assert answers(now, counting.inner) == answers(expected, counting.inner)


def test_an_index_moves_to_another_store_without_encoding(
    tmp_path: Path, counting: Counting
) -> None:
    new = documents(range(30))
    first, _ = update(tmp_path, counting, new)
    before = answers(first, counting.inner)
    for step in (str(tmp_path / "a.db"), "faiss:hnsw", str(tmp_path / "b.db"), "faiss"):
        made, report = update(tmp_path, counting, new, store=place(step))
        assert counts(report) == "+0 ~0 -0 =30 ^0"
        assert manifest.read(tmp_path / "index").store == place(step)
        assert answers(made, counting.inner) == before
        assert answers(folder.load(tmp_path / "index", counting.inner), counting.inner) == before
    assert len(counting.texts) == 30


def test_collections_that_no_index_uses_are_removed(tmp_path: Path, counting: Counting) -> None:
    from pymilvus import MilvusClient

    file = str(tmp_path / "v.db")
    update(tmp_path, counting, documents(range(5)), store=place(file))
    client = MilvusClient(file)
    assert len(client.list_collections()) == 1
    update(tmp_path, counting, documents(range(5)), store=place("faiss"))
    assert len(client.list_collections()) == 1, "a reader may still be in it"
    update(tmp_path, counting, documents(range(6)))
    assert client.list_collections() == []
    counting.fail_after = len(counting.texts)
    with pytest.raises(KeyboardInterrupt):
        update(tmp_path, counting, documents(range(40), "two"), store=place(file))
    assert len(client.list_collections()) == 1, "made by the one that was interrupted"
    counting.fail_after = 10**9
    update(tmp_path, counting, documents(range(40), "two"), store=place(file))
    assert client.list_collections() == [manifest.read(tmp_path / "index").name]


def test_a_server_that_is_gone_stops_nobody(tmp_path: Path, counting: Counting) -> None:
    update(tmp_path, counting, documents(range(5)))
    path = tmp_path / "index" / manifest.MANIFEST
    gone = [{"kind": "milvus", "uri": "http://127.0.0.1:1", "structure": ""}, "samovar_" + "0" * 16]
    path.write_text(json.dumps({**json.loads(path.read_text()), "retired": [gone]}))
    made, _ = update(tmp_path, counting, documents(range(6)))
    assert len(made.documents) == 6
    assert [name for _, name in manifest.read(tmp_path / "index").retired] == [gone[1]]


def test_an_index_of_another_encoder_is_replaced_or_left_alone(
    tmp_path: Path, counting: Counting, where: Place
) -> None:
    @dataclass
    class Other(Counting):
        name: str = "another"

    update(tmp_path, counting, documents(range(5)), store=where)
    other = Other(counting.inner)
    for change in ({"keep": True}, {"keep": True, "delete": ("d1",)}):
        with pytest.raises(StoreError, match="was built with the encoder all-minilm-l6-v2"):
            update(tmp_path, other, documents(range(6)), **change)
    assert len(folder.load(tmp_path / "index", counting.inner).documents) == 5
    made, report = update(tmp_path, other, documents(range(6)))
    assert counts(report) == "+6 ~0 -0 =0 ^0" and made.encoder == "another"
    assert len(folder.load(tmp_path / "index", other).documents) == 6
    with pytest.raises(StoreError, match="was built with the encoder another"):
        folder.load(tmp_path / "index", counting.inner)


def test_a_damaged_index_is_not_added_to(tmp_path: Path, counting: Counting) -> None:
    update(tmp_path, counting, documents(range(5)))
    next((tmp_path / "index").rglob("passages.jsonl")).write_text("")
    with pytest.raises(StoreError, match="is damaged"):
        update(tmp_path, counting, documents(range(6)), keep=True)
    made, _ = update(tmp_path, counting, documents(range(6)))
    assert len(made.documents) == 6


def test_a_store_that_does_not_answer_leaves_the_index(tmp_path: Path, counting: Counting) -> None:
    update(tmp_path, counting, documents(range(5)))
    counting.texts.clear()
    with pytest.raises(StoreError, match="does not answer as it should"):
        update(tmp_path, counting, documents(range(9)), store=Place("milvus", "http://127.0.0.1:1"))
    assert counting.texts == [], "told before anything is encoded"
    assert len(folder.load(tmp_path / "index", counting.inner).documents) == 5


def test_a_second_writer_is_refused(tmp_path: Path, counting: Counting) -> None:
    update(tmp_path, counting, documents(range(5)))
    with (
        writing(tmp_path / "index"),
        pytest.raises(StoreError, match="Another process is writing the index"),
    ):
        update(tmp_path, counting, documents(range(9)))
    assert len(folder.load(tmp_path / "index", counting.inner).documents) == 5
    made, _ = update(tmp_path, counting, documents(range(9)))
    assert len(made.documents) == 9
