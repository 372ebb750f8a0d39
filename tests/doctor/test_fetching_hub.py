"""Fetching a large file from the Hub: its own protocol over real HTTP, and what then answers."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from large_file import CONTENT, MODEL, PARTS, Index, sha256, silent

from samovar import catalog
from samovar.doctor import command
from samovar.doctor.fetching import RESERVE, fetch
from samovar.errors import StoreError
from samovar.models.files import single
from samovar.models.hardware import Hardware
from samovar.models.shelf import Shelf


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
