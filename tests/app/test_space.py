"""The app as on a Space."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from gradio_client import Client

Start = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory, start: Start) -> Iterator[tuple[str, Path]]:
    log = tmp_path_factory.mktemp("space") / "app.log"
    with start(log, SYSTEM="spaces", SPACE_ID="x/y") as address:
        yield address, log


def test_the_app_answers_events_on_a_space(space):
    address, log = space
    assert httpx.get(address, trust_env=False).is_success
    client = Client(address, verbose=False, download_files=False, analytics_enabled=False)
    found = client.predict("kubectl", terms=["kubectl"], api_name="/tokenizer")
    assert [piece["piece"] for piece in found["after"]] == ["kubectl"]
    assert "AttributeError" not in log.read_text()  # of `spaces`, when our folder shadows it
    assert importlib.util.find_spec("spaces")
