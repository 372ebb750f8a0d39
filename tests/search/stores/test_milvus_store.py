"""A server of Milvus that is not there or says nothing, a file without a collection or in use."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from samovar.errors import StoreError
from samovar.search.stores.milvus_store import MilvusStore

SIZE = 16


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
