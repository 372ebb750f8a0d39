"""The server under test: a process of its own, started by its command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import psutil

from samovar.settings import ROOT

START, END = 300, 120
"""Seconds in which it must answer, and be gone."""


@dataclass(frozen=True, slots=True)
class Server:
    """Hold the address of the running server and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def megabytes(self) -> int:
        """Return the memory that it holds."""
        return int(psutil.Process(self.process.pid).memory_info().rss) // 10**6


@contextmanager
def served(keys: Sequence[str], running: int, queue: int) -> Iterator[Server]:
    """Start `samovar serve` on a free port for clients with these keys.

    Raises:
        RuntimeError: it does not start, or does not end in order when it is asked to.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
    env = os.environ | {
        "SAMOVAR_KEYS": ",".join(keys),
        "SAMOVAR_RUNNING": str(running),
        "SAMOVAR_QUEUE": str(queue),
    }
    command = [sys.executable, "-m", "samovar", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield Server(url, process)
        process.send_signal(signal.SIGTERM)
        if process.wait(END):
            raise RuntimeError(f"the server ended with code {process.returncode}")
    finally:
        process.kill()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", timeout=5, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")
