"""The app as a visitor meets it: a process of its own, on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from samovar.settings import ROOT

sys.path.insert(0, str(Path(__file__).parent / "fixtures"))  # under --import-mode=importlib

if workers := os.environ.get("PYTEST_XDIST_WORKER_COUNT"):
    # Each worker takes its share of the cores: engines whose threads wait for those of another
    # process are five times slower. Torch reads the first variable, our engines the second.
    share = str(max(1, (os.cpu_count() or 1) // int(workers)))
    for variable in ("OMP_NUM_THREADS", "SAMOVAR_THREADS"):
        os.environ.setdefault(variable, share)

os.environ.setdefault("SAMOVAR_LIGHT", "1")
"""What a machine happens to have fetched changes no test; those of larger models say so themselves."""

KEPT = ("SAMOVAR_CACHE", "SAMOVAR_THREADS", "SAMOVAR_LIGHT")
SITE = ("tests/app/", "tests/browser/")
"""Whole folders that ask one running app: one worker takes them, so that it starts once."""
HEAVY = (
    *SITE,
    "tests/models/chat/test_conformance.py",
    "tests/paraphrase/test_paraphrase.py",
    "tests/search/indexing/test_interruption.py",
    "tests/test_zerogpu.py",
    "tests/training/",
    "tests/models/",
    "tests/search/",
)
"""What takes longest, in this order: begun last it would leave a worker idle at the end."""
START_SECONDS = 120
"""Far more than a start takes: the first one on a machine also converts the models."""


def rank(item: pytest.Item) -> int:
    """Return the place of a test's file in HEAVY; all others come after those."""
    named = (at for at, place in enumerate(HEAVY) if item.nodeid.startswith(place))
    return next(named, len(HEAVY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=rank)


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist nobody asks
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out whole files in the order above, and SITE as if it were one file."""
    from xdist.scheduler import LoadFileScheduling

    class Heaviest(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return SITE[0] if nodeid.startswith(SITE) else super()._split_scope(nodeid)

    config.option.loadscopereorder = False  # by the number of tests
    return Heaviest(config, log) if config.option.dist == "loadfile" else None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def serving(log: Path, **variables: str) -> Iterator[str]:
    """Start `python app.py` offline; yield its address once it answers, stop it afterwards."""
    port = free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SAMOVAR_", "GRADIO_"))}
    kept = {k: v for k, v in os.environ.items() if k in KEPT}
    env |= kept | {"HF_HUB_OFFLINE": "1", "GRADIO_SERVER_PORT": str(port), **variables}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_served(address, process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_served(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(address, timeout=10, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"app.py does not serve {address}:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def start() -> Callable[..., AbstractContextManager[str]]:
    """`with start(log, NAME=value) as address:` runs an app with further variables."""
    return serving


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running app."""
    with serving(tmp_path_factory.mktemp("site") / "app.log") as address:
        yield address
