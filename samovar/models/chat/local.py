"""What the chat engines inside this process have in common: a model of the catalog and its adapters."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.files import adapters
from samovar.models.files.adapters import Adapter
from samovar.phrases import Phrase
from samovar.records import ChatRequest
from samovar.settings import Settings

NO_WEIGHTS = Phrase(
    "The engine {engine} does not tell how probable a word is.",
    "Движок {engine} не сообщает вероятности слов.",
)
OTHER_ENGINE = Phrase(
    "Choose llamacpp or transformers in SAMOVAR_CHAT_ENGINE.",
    "Выберите llamacpp или transformers в SAMOVAR_CHAT_ENGINE.",
)
STOPPED = Phrase("The run was stopped.", "Запуск остановлен.")
CLOSED = Phrase("The model {title} was closed.", "Модель {title} уже закрыта.")


class LocalChat:
    """Hold one model of the catalog; an engine adds how it answers (see ChatModel)."""

    engine = ""
    """The engine's name."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Take the model's row; the engine loads the weights."""
        self._model = model
        self._settings = settings

    @property
    def name(self) -> str:
        """Return the model's id in the catalog."""
        return self._model.id

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that the model is good for."""
        return self._model.languages

    def weigh(
        self, request: ChatRequest, words: Sequence[str], stop: threading.Event | None = None
    ) -> NDArray[np.float64]:
        """Refuse; an engine that knows the probabilities overrides this (see ChatModel)."""
        raise ModelError(NO_WEIGHTS, OTHER_ENGINE, engine=self.engine)

    def _adapter(self, name: str | None) -> Adapter | None:
        """Return the adapter `name`, None for the base model.

        Raises:
            ModelError: an adapter that is unknown or belongs to another base.
        """
        return None if name is None else adapters.find(name, self._model, self._settings)

    def _closed(self) -> ModelError:
        return ModelError(CLOSED, title=self._model.title)
