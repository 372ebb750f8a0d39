"""The service over a scripted model."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager

import pytest
from service.serving import ScriptedChat, ScriptedShelf, serving

from samovar.character import endpoint
from samovar.settings import Settings


@pytest.fixture
def scripted(monkeypatch) -> Callable[..., object]:
    """`with scripted(running=2) as (served, chat):` serves a scripted model with these settings."""

    @contextmanager
    def start(seconds: float = 0.0, drain: float = 0.5, **settings):
        chat = ScriptedChat(seconds)
        shelf = ScriptedShelf(Settings(**settings), chat)
        monkeypatch.setattr(endpoint, "shelf", lambda: shelf)
        with serving(shelf, drain) as served:
            try:
                yield served, chat
            finally:
                chat.gate.set()

    return start
