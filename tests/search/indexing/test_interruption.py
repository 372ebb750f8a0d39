"""`kill -9` at random moments, and several processes at one index, with the real command."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from samovar.models.base import Encoder
from samovar.search import core
from samovar.search.documents import corpus
from samovar.search.indexing import folder, manifest
from samovar.search.indexing.checkpoints import PENDING
from samovar.search.passages.assembly import collect
from samovar.search.stores.milvus_client import is_file
from samovar.settings import ROOT

KILLS = 5
NEW, OLD = 300, 5
OFFLINE = ("hybrid", "dense", "bm25")
WORDS = "tea violin moon bread bee river glass train snow harbour lamp stone".split()


def write(path: Path, count: int, version: str) -> None:
    chosen = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        for at in range(count):
            said = " ".join(chosen.choice(WORDS) for _ in range(40))
            row = {"id": f"d{at}", "text": f"Notice {at}, {version}: {said}.", "n": at}
            file.write(json.dumps(row) + "\n")


class Indexer:
    """Run `python -m samovar.search.index` and note how far it said to be."""

    def __init__(self, index: Path, source: Path, *more: str) -> None:
        command = [sys.executable, "-m", "samovar.search.index", "--encoder", "all-minilm-l6-v2"]
        self.process = subprocess.Popen(
            [*command, "--index", str(index), "--input", str(source), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.said = ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr
        while piece := os.read(self.process.stderr.fileno(), 4096):
            self.said += piece.decode(errors="replace")

    @property
    def reported(self) -> int:
        """Return how many documents it said to be on the disk."""
        return max((int(n) for n in re.findall(r"(\d+)/\d+ \[", self.said)), default=0)

    def wait_until(self, begun: Callable[[], bool]) -> None:
        until = time.monotonic() + 120
        while not begun() and self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)

    def kill(self) -> bool:
        """Kill it and tell whether it was still at work."""
        alive = self.process.poll() is None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._reader.join(10)
        return alive

    def finish(self) -> str:
        out, _ = self.process.communicate(timeout=200)
        assert self.process.returncode == 0, self.said
        return out.decode()


def released(file: str) -> None:
    """Let other processes open a file of Milvus Lite that this one has read."""
    from milvus_lite.server_manager import server_manager_instance

    if file and is_file(file):
        server_manager_instance.release_server(file)


def held(index: Path) -> int:
    """Return how many documents the checkpoints hold."""
    from samovar.search.indexing.checkpoints import MARK, Checkpoints

    mark = index / PENDING / MARK
    return len(Checkpoints(index, json.loads(mark.read_text())).read()) if mark.is_file() else 0


@pytest.mark.parametrize("kind", ["faiss", "milvus"])
def test_kill_9_at_random_moments_loses_nothing(kind: str, tmp_path: Path, minilm: Encoder) -> None:
    index, old, new = tmp_path / "index", tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    write(old, OLD, "old")
    write(new, NEW, "new")
    file = str(tmp_path / "vectors.db") if kind == "milvus" else ""
    Indexer(index, old, "--store", file or "faiss").finish()
    places = [index, Path(file)] if file else [index]
    saved = [(path, tmp_path / f"saved-{path.name}") for path in places]
    for path, copy in saved:
        shutil.copytree(path, copy)
    known = [corpus.read(path).documents for path in (old, new)]
    prints = {len(documents): corpus.fingerprint(documents) for documents in known}
    moments = random.Random(7)
    kills, reported, moments_reached = 0, 0, []
    for _ in range(4 * KILLS):
        if kills == KILLS:
            break
        indexer = Indexer(index, new)
        goal = reported if kills % 2 else -1  # every other time it has to get on, however slowly
        indexer.wait_until(
            lambda indexer=indexer, goal=goal: "encode" in indexer.said and indexer.reported > goal
        )
        time.sleep(moments.uniform(0, 0.5))
        killed = indexer.kill()
        reported = max(reported, indexer.reported)
        said = manifest.read(index)
        read = folder.load(index, minilm)
        assert read.fingerprint == prints[len(read.documents)], (
            "the old index or the new one, whole"
        )
        query = minilm.encode(["a harbour in the snow"], "query")[0]
        hits = core.search(read, core.question("a harbour in the snow", "en", k=5), query).hits
        assert len(hits) == 5
        released(said.store.uri)
        if killed:
            kills += 1
            moments_reached.append(indexer.reported)
        if len(read.documents) == OLD:
            assert held(index) >= reported, "what was reported as written is there"
        else:  # it had published: begin again with the old index
            reported = 0
            for path, copy in saved:
                shutil.rmtree(path)
                shutil.copytree(copy, path)
    assert kills == KILLS and len(set(moments_reached)) > 2, moments_reached
    said = Indexer(index, new).finish()
    assert f"before an interruption: {reported}" in said or held(index) == 0
    made, anew = folder.load(index, minilm), collect(corpus.read(new).documents, minilm)
    assert made.documents == anew.documents and len(made.passages) == NEW
    stored = set(made.store.filter(()))
    before = set(range(OLD)) if file else set()  # readers of the index before may still be there
    assert stored == {*made.places, *before}, "nothing is left of the writers that were killed"
    for text, mode in product(("a harbour in the snow", "glass lamp", "Notice 77"), OFFLINE):
        asked, vector = core.question(text, "en", 5, mode), minilm.encode([text], "query")[0]
        ours, theirs = (core.search(one, asked, vector).hits for one in (made, anew))
        # other batches round otherwise: equals may change places
        assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], abs=0.01)
        assert ours[0].id in [hit.id for hit in theirs][:3]
    released(manifest.read(index).store.uri)


def test_two_indexers_at_one_folder(tmp_path: Path, minilm: Encoder) -> None:
    index, source = tmp_path / "index", tmp_path / "a.jsonl"
    write(source, 300, "new")
    first = Indexer(index, source)
    first.wait_until(lambda: (index / PENDING).exists())
    second = Indexer(index, source)
    second.process.wait(60)
    second._reader.join(10)
    assert second.process.returncode == 2
    assert "Another process is writing the index" in second.said and "Traceback" not in second.said
    first.finish()
    assert len(folder.load(index, minilm).documents) == 300


def test_readers_see_the_old_or_the_new_index_during_a_write(
    tmp_path: Path, minilm: Encoder
) -> None:
    index, old, new = tmp_path / "index", tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    write(old, OLD, "old")
    write(new, 150, "new")
    Indexer(index, old).finish()
    prints = [corpus.fingerprint(corpus.read(path).documents) for path in (old, new)]
    indexer = Indexer(index, new)
    seen, wrong = [], []

    def read() -> None:
        while indexer.process.poll() is None:
            found = folder.load(index, minilm)
            seen.append(found.fingerprint)
            if found.store.count() != len(found.passages):
                wrong.append(found)
            time.sleep(0.05)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    indexer.finish()
    assert set(seen) <= set(prints) and prints[0] in seen and not wrong
    assert folder.load(index, minilm).fingerprint == prints[1]
