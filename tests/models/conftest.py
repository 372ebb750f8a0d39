"""Tiny trained adapters, and every chat engine on the embedded model."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import random_adapter
from tiny_adapters import ADAPTERS, HABITS

from samovar import catalog
from samovar.models.base import ChatModel
from samovar.models.engines import ENGINES
from samovar.models.files import single
from samovar.models.hardware import Hardware
from samovar.models.shelf import Shelf
from samovar.settings import Settings

MODEL = replace(catalog.model("smollm2-135m-instruct"), context=512)
"""With a short context, so that an overlong conversation is read quickly."""
LARGER = replace(catalog.model("qwen2.5-coder-1.5b-instruct"), context=512)
"""Where its file is on the machine, llama.cpp keeps the promises on it, too."""
ENGINE_NAMES = [name for role, name in ENGINES if role == "chat"]


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The cache of this machine, the threads of this worker, and the tiny adapters."""
    return Settings(assets=ADAPTERS.parent, threads=Settings.from_env().threads)


@pytest.fixture(scope="session")
def trained() -> dict[str, str]:
    """Adapter → what it was trained to answer to everything."""
    return HABITS


class ShortShelf(Shelf):
    """Lend MODEL with its short context as the chat model, on llama.cpp."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(replace(settings, chat_engine="llamacpp"))
        self._short: ChatModel = ENGINES["chat", "llamacpp"].build(MODEL, self.settings)

    def chat(self, model_id: str = "") -> ChatModel:
        return self._short

    def close(self) -> None:
        self._short.close()
        super().close()


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """Serve the models by our own HTTP API on a free port; yield its base URL."""
    import uvicorn

    from samovar.server.api import api

    shelf = ShortShelf(settings)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(api(shelf), log_level="error"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
    finally:
        server.should_exit = True
        thread.join(10)
        shelf.close()


@pytest.fixture(scope="session")
def larger(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings for LARGER, with two adapters of it: `silent`, whose B is zero, and `loud`."""
    if single.located(LARGER, settings) is None:
        pytest.skip(f"needs `{single.fetch_line(LARGER)}`")
    assets = tmp_path_factory.mktemp("larger")
    for name, size in {"silent": 0.0, "loud": 0.5}.items():
        random_adapter.write(assets / "adapters" / name, LARGER, size)
    yield replace(settings, assets=assets)


@pytest.fixture(scope="module", params=[*ENGINE_NAMES, LARGER.id])
def chat(request: pytest.FixtureRequest, settings: Settings) -> Iterator[ChatModel]:
    """Every chat engine that this machine can run; the remote one asks our own server."""
    if request.param == LARGER.id:
        larger = request.getfixturevalue("larger")
        model: ChatModel = ENGINES["chat", "llamacpp"].build(LARGER, larger)
        yield model
        model.close()
        return
    engine = ENGINES["chat", request.param]
    if not engine.fits(Hardware.here()):
        pytest.skip(f"{request.param} does not fit this machine")
    if request.param != "remote":
        model = engine.build(MODEL, settings)
        yield model
        model.close()
        return
    with served(settings) as url:
        model = engine.build(MODEL, replace(settings, chat_url=url))
        yield model
        model.close()
