"""The larger chat model of this machine under its adapter of adverts: it reads sheets and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, cast

from samovar.marketing.checks.larger import prompt
from samovar.marketing.facts.brief import Brief
from samovar.models.base import ChatModel
from samovar.models.bases import fitting
from samovar.models.engines import elsewhere
from samovar.models.shelf import Shelf
from samovar.phrases import Language

TOOL = "marketing"
ADAPTERS: Mapping[str, str] = {"qwen2.5-coder-1.5b-instruct": "adverts-qwen"}
"""Chat model → its adapter that judges adverts, used where it is on this machine."""
REMEMBERED = 4096
"""Sentences whose verdict is kept: a text that is edited is read anew, and most of it is as before."""


class Supporting(Protocol):
    """Tell how likely a sheet supports sentences."""

    def supports(self, brief: Brief, statements: Sequence[str], language: Language) -> list[float]:
        """Return how likely `brief` supports each of `statements`."""
        ...


@dataclass(frozen=True, slots=True)
class Larger:
    """Ask one chat model under one adapter; see `prompt`."""

    chat: ChatModel
    adapter: str

    @classmethod
    def found(cls, shelf: Shelf) -> Larger | None:
        """Return the one of this machine, None where there is no such adapter or memory is short.

        The model is loaded only for an adapter that is here.

        Raises:
            ModelError: the adapter is damaged.
        """
        chosen = shelf.base(TOOL)
        if not elsewhere(chosen.engine) and not _named(chosen.model.id, shelf):
            return None
        chat = shelf.chat_of(TOOL)
        name = ADAPTERS.get(chat.name) if chat.engine != "remote" else None
        here = shelf.fitting(name, chat) if name else None
        return cls(chat, here) if here else None

    def supports(self, brief: Brief, statements: Sequence[str], language: Language) -> list[float]:
        """Return how likely `brief` supports each of `statements`; each is asked once.

        Raises:
            ModelError: the model cannot tell.
        """
        chat = cast(Any, self.chat)
        return [_support(chat, self.adapter, brief, one, language) for one in statements]


def _named(model: str, shelf: Shelf) -> str | None:
    """Return the adapter that judges adverts of a chat model, where it is on this machine."""
    name = ADAPTERS.get(model)
    return fitting(name, model, shelf.settings) if name else None


@lru_cache(REMEMBERED)
def _support(chat: Any, adapter: str, brief: Brief, statement: str, language: Language) -> float:
    asked = prompt.asked(brief, statement, language, adapter)
    return float(chat.weigh(asked, (prompt.SUPPORTED, prompt.UNSUPPORTED))[0])
