"""Tiny trained adapters, and every chat engine on the embedded model."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import random_adapter
from service.llama_server import llama_server
from tiny_adapters import ADAPTERS, HABITS

from samovar import catalog
from samovar.models.base import ChatModel
from samovar.models.chat.llamacpp.adapter import gguf_adapter
from samovar.models.engines import ENGINES
from samovar.models.files import adapters, single, weights
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
    server = uvicorn.Server(uvicorn.Config(api(shelf), log_config=None))
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


@contextmanager
def started(settings: Settings, folder: Path) -> Iterator[str]:
    """Start a llama.cpp server with MODEL and its adapters, each a file of its name; yield its URL."""
    [base] = weights.find(MODEL)
    files = []
    for name in HABITS:
        found = gguf_adapter(adapters.find(name, MODEL, settings), base, settings)
        files.append(folder / f"{name}.gguf")
        shutil.copy(found, files[-1])
    with llama_server(base, files, MODEL.context, settings.threads or 1) as (url, _):
        yield url


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
    """Every chat engine that this machine can run; those that ask a server ask one of this machine."""
    if request.param == LARGER.id:
        larger = request.getfixturevalue("larger")
        yield from lent(ENGINES["chat", "llamacpp"].build(LARGER, larger))
        return
    engine = ENGINES["chat", request.param]
    if not engine.fits(Hardware.here()):
        pytest.skip(f"{request.param} does not fit this machine")
    if not engine.server:
        yield from lent(engine.build(MODEL, settings))
        return
    folder = request.getfixturevalue("tmp_path_factory").mktemp("server")
    serving = started(settings, folder) if engine.server == "llama_url" else served(settings)
    with serving as url:
        yield from lent(engine.build(MODEL, replace(settings, **{engine.server: url})))


def lent(model: ChatModel) -> Iterator[ChatModel]:
    """Yield `model` and close it."""
    yield model
    model.close()
