"""The index on disk: whole or refused, and never lost."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samovar.errors import StoreError
from samovar.models.base import Encoder
from samovar.search import core
from samovar.search.documents.corpus import Document
from samovar.search.indexing import folder
from samovar.search.indexing.manifest import MANIFEST, PROTOCOL, TYPELESS
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection

TEXTS = ["Tea is drunk hot.", "A violin has four strings.", "The moon circles the earth."]


def documents(texts: list[str]) -> tuple[Document, ...]:
    return tuple(Document(f"d{at}", "", text, {"n": at}) for at, text in enumerate(texts))


@pytest.fixture(scope="module")
def small(minilm: Encoder) -> Collection:
    return collect(documents(TEXTS), minilm)


@pytest.fixture
def index(small: Collection, tmp_path: Path) -> Path:
    folder.save(small, tmp_path / "index")
    return tmp_path / "index"


def first(collection: Collection, encoder: Encoder, query: str) -> str:
    asked = core.question(query, "en", fields=collection.fields)
    return core.search(collection, asked, encoder.encode([query], "query")[0]).hits[0].id


@dataclass(frozen=True)
class Other:
    """An encoder by the public protocol: another name or revision over the same vectors."""

    inner: Encoder
    name: str
    revision: str
    engine: str = "openvino"

    @property
    def dimensions(self) -> int:
        return self.inner.dimensions

    def encode(self, *args: Any, **kwargs: Any) -> np.ndarray:
        return self.inner.encode(*args, **kwargs)


def test_what_is_read_is_what_was_written(index: Path, small: Collection, minilm: Encoder) -> None:
    read = folder.load(index, minilm)
    assert (read.documents, read.passages) == (small.documents, small.passages)
    assert read.store.count() == small.store.count() == len(TEXTS)
    assert (read.fingerprint, read.fields) == (small.fingerprint, {"n": ("number",)})
    for query in ("planets and their satellites", "strings"):
        vector = minilm.encode([query], "query")[0]
        asked = core.question(query, "en", k=3)
        assert core.search(read, asked, vector) == core.search(small, asked, vector)


def test_an_index_is_replaced_whole(index: Path, minilm: Encoder) -> None:
    folder.save(collect(documents(["Bread is baked."]), minilm), index)
    assert [d.text for d in folder.load(index, minilm).documents] == ["Bread is baked."]
    left = {path.name for path in index.iterdir()} - {MANIFEST, ".lock"}
    assert len(left) == 1, "one folder beside the manifest, nothing left over"


@pytest.mark.parametrize(
    ("name", "revision", "told"),
    [
        ("bge-m3", None, "with the encoder all-minilm-l6-v2, but bge-m3 is running"),
        (None, "2.0", r"all-minilm-l6-v2 \(gt-all.*\), but all-minilm-l6-v2 \(2.0\) is running"),
    ],
)
def test_vectors_of_another_encoder_are_refused(
    index: Path, minilm: Encoder, name: str | None, revision: str | None, told: str
) -> None:
    other = Other(minilm, name or minilm.name, revision or minilm.revision)
    with pytest.raises(StoreError, match=told):
        folder.load(index, other)


def change(index: Path, **values: object) -> None:
    path = index / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def test_an_index_from_before_the_kinds_of_values_is_read_unless_milvus_holds_them(
    index: Path, minilm: Encoder
) -> None:
    change(index, protocol=TYPELESS)
    assert folder.load(index, minilm).fields == {"n": ("number",)}
    change(index, store={"kind": "milvus", "uri": "v.db", "structure": ""})
    with pytest.raises(StoreError, match=f"has protocol {TYPELESS}"):
        folder.load(index, minilm)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"protocol": PROTOCOL + 1},
            f"has protocol {PROTOCOL + 1}; this version reads protocol {PROTOCOL}",
        ),
        ({"folder": "../../etc"}, "is damaged"),
        ({"folder": 3}, "is damaged"),
        ({"folder": "0123456789abcdef"}, "is damaged"),
        ({"files": []}, "is damaged"),
        ({"files": {}}, "is damaged"),
        ({"extra": 1}, "is damaged"),
        ({"dimensions": "384"}, "is damaged"),
        ({"next_key": -1}, "is damaged"),
        ({"name": "../x"}, "is damaged"),
        ({"store": {"kind": "pickle"}}, "is damaged"),
        ({"store": {"kind": "faiss", "uri": "", "structure": "x"}}, "is damaged"),
        ({"retired": 5}, "is damaged"),
    ],
)
def test_a_changed_manifest_is_refused(
    index: Path, minilm: Encoder, values: dict[str, object], told: str
) -> None:
    change(index, **values)
    with pytest.raises(StoreError, match=told):
        folder.load(index, minilm)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", f'{{"protocol": {PROTOCOL}}}', "\x00\xff"]
)
def test_a_broken_manifest_is_refused(index: Path, minilm: Encoder, content: str) -> None:
    (index / MANIFEST).write_bytes(content.encode("latin-1"))
    with pytest.raises(StoreError, match="is damaged"):
        folder.load(index, minilm)


def test_any_damaged_or_missing_file_is_refused(index: Path, minilm: Encoder) -> None:
    files = [path for path in index.rglob("*") if path.is_file() and path.name != MANIFEST]
    files = [path for path in files if path.name != ".lock"]
    assert len(files) >= 9
    for path in files:
        whole = path.read_bytes()
        for damage in (whole[: len(whole) // 2], whole[:-1] + bytes([whole[-1] ^ 1])):
            path.write_bytes(damage)
            with pytest.raises(StoreError, match="is damaged"):
                folder.load(index, minilm)
        path.unlink()
        with pytest.raises(StoreError, match="is damaged"):
            folder.load(index, minilm)
        path.write_bytes(whole)
    assert folder.load(index, minilm)


@pytest.mark.parametrize("place", ["absent", "notes.txt", "folder"])
def test_a_place_without_an_index_is_refused(tmp_path: Path, minilm: Encoder, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="There is no index"):
        folder.load(tmp_path / place, minilm)


def test_a_folder_of_other_files_is_left_alone(tmp_path: Path, small: Collection) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(StoreError, match="holds other files"):
        folder.save(small, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]
    with pytest.raises(StoreError, match="cannot be written"):
        folder.save(small, tmp_path / "thesis.doc")


def test_a_full_disk_leaves_the_old_index(
    index: Path, minilm: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = collect(documents([f"Text number {at}." for at in range(40)]), minilm)
    before = sorted(path.name for path in index.iterdir())
    for step in range(4):  # each of the files that are flushed to the disk, the manifest last
        calls = iter(range(100))

        def full(descriptor: int, step: int = step, calls: Any = calls) -> None:
            if next(calls) == step:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(StoreError, match=r"No space left.*is untouched"):
                folder.save(large, index)
        assert sorted(path.name for path in index.iterdir()) == before
        assert first(folder.load(index, minilm), minilm, "violin") == "d1"


SAVE = """
import resource
import sys
from pathlib import Path
from samovar import catalog
from samovar.models.encoders.openvino import OpenVinoEncoder
from samovar.search.indexing import folder
from samovar.search.passages.assembly import collect
from samovar.search.documents.corpus import Document
from samovar.settings import Settings
encoder = OpenVinoEncoder(catalog.model("all-minilm-l6-v2"), Settings.from_env())
texts = tuple(Document(str(at), "", f"Text number {at}.") for at in range(60))
collection = collect(texts, encoder)
print("ready", flush=True)
limit = int(sys.stdin.readline())
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
while True:
    folder.save(collection, Path(sys.argv[1]))
"""


def writer(index: Path, **options: Any) -> subprocess.Popen[str]:
    """Start a process that writes another index to the same place, over and over."""
    command = [sys.executable, "-c", SAVE, str(index)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    env = {**os.environ, "PYTHONPATH": str(Path(folder.__file__).parents[3])}
    process = subprocess.Popen(command, text=True, env=env, **pipes, **options)
    assert process.stdout and process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


def test_a_writer_that_may_not_write_leaves_the_old_index(index: Path, minilm: Encoder) -> None:
    # the operating system itself refuses: files beyond 4 KB fail as on a full disk
    process = writer(index)
    _, errors = process.communicate("4096\n")
    assert "StoreError: The index cannot be written" in errors
    assert first(folder.load(index, minilm), minilm, "violin") == "d1"


def test_readers_see_a_whole_index_while_it_is_written_and_its_writer_killed(
    index: Path, minilm: Encoder
) -> None:
    process = writer(index)
    assert process.stdin
    process.stdin.write("0\n")
    process.stdin.flush()
    seen = set()
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        seen.add(len(folder.load(index, minilm).documents))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert seen <= {len(TEXTS), 60} and 60 in seen
    assert len(folder.load(index, minilm).documents) == 60
    small = collect(documents(TEXTS), minilm)
    (index / ".new-abandoned").mkdir()
    os.utime(index / ".new-abandoned", (0, 0))
    folder.save(small, index)
    assert len(folder.load(index, minilm).documents) == len(TEXTS)
    assert not (index / ".new-abandoned").exists()


def test_the_index_names_its_encoder_and_corpus(index: Path, small: Collection) -> None:
    said = json.loads((index / MANIFEST).read_text())
    assert said["encoder"] == "all-minilm-l6-v2" and "sha256:" in said["revision"]
    assert (said["protocol"], said["corpus"]) == (PROTOCOL, small.fingerprint)
    other = replace(small.documents[0], text="Tea is drunk cold.")
    assert said["corpus"] != replace(small, documents=(other, *small.documents[1:])).fingerprint
