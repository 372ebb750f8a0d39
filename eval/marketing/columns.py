"""The columns of the evaluation: the model shown examples, under its adapter, and that with the checks."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eval.marketing.tasks import SEED, N, Task
from samovar import catalog
from samovar.errors import ModelError
from samovar.marketing import prompt, texts
from samovar.marketing.core import arrivals, write
from samovar.marketing.endpoint import checker, shipped
from samovar.marketing.writers import ADAPTERS, Writer, writer
from samovar.models.base import ChatModel
from samovar.models.files import adapters
from samovar.models.shelf import Shelf
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest

NO_ADAPTER = Phrase(
    "{model} has no adapter of advertising.", "У модели {model} нет адаптера для рекламы."
)
TRAIN = Phrase(
    "Train it: python -m training.chat training/configs/marketing-….yaml --data-dir build --export",
    "Обучите его: python -m training.chat training/configs/marketing-….yaml --data-dir build --export",
)


@dataclass(frozen=True, slots=True)
class Column:
    """Say how the texts of one column come about."""

    title: str
    adapter: bool
    checked: bool
    """Drawn in surplus, trimmed, checked, the best chosen: as the tool serves."""


COLUMNS: Mapping[str, Column] = {
    "base": Column("base, shown two texts", adapter=False, checked=False),
    "lora": Column("LoRA", adapter=True, checked=False),
    "checked": Column("LoRA, checked and chosen", adapter=True, checked=True),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """Hold what a column wrote for one task, and how long it took."""

    texts: tuple[str, ...]
    first_seconds: float
    """Until the first words of any text."""
    seconds: float
    """Until the last word, the checks included where the column has them."""


def model(models: Shelf, language: Language, named: str) -> ChatModel:
    """Return the chat model `named`, else the one that the tool takes for `language`.

    Raises:
        InputError: none here speaks the language.
    """
    return models.chat(named) if named else writer(models, language).chat


def adapter(chat: ChatModel, column: Column, models: Shelf) -> str | None:
    """Return the adapter that `column` needs of `chat`.

    Raises:
        ModelError: it is not on this machine.
    """
    if not column.adapter:
        return None
    name = ADAPTERS.get(chat.name, "")
    found = models.fitting(name, chat)
    if found is None:
        raise ModelError(NO_ADAPTER, TRAIN, model=catalog.title(chat.name))
    return found


def digest(chat: ChatModel, name: str | None, models: Shelf) -> str:
    """Return what names the weights of the adapter `name`, nothing without one."""
    if name is None:
        return ""
    return adapters.find(name, catalog.model(chat.name), models.settings).digest[:12]


def requests(task: Task, name: str | None, models: Shelf) -> list[ChatRequest]:
    """Return the requests for N texts: without an adapter two texts of other sheets are shown."""
    data = models.settings.data
    shown = [] if name else texts.examples(data, task.language, task.channel, task.brief)
    return prompt.requests(task.brief, task.language, task.channel, task.tone, N, SEED, name, shown)


def written(chat: ChatModel, column: Column, name: str | None, task: Task, models: Shelf) -> Texts:
    """Return the texts of `column` for `task`."""
    make = _chosen if column.checked else _plain
    begun = time.perf_counter()
    first, said = 0.0, [""] * N
    for said in make(chat, name, task, models):
        first = first or (time.perf_counter() - begun if any(said) else 0.0)
    return Texts(tuple(said), round(first, 2), round(time.perf_counter() - begun, 2))


def _plain(chat: ChatModel, name: str | None, task: Task, models: Shelf) -> Iterator[list[str]]:
    asked = requests(task, name, models)
    said = [""] * len(asked)
    for arrival in arrivals(chat, asked, None):
        if isinstance(arrival.piece, str):
            said[arrival.at] += arrival.piece
            yield said
    yield [text.strip() for text in said]


def _chosen(chat: ChatModel, name: str | None, task: Task, models: Shelf) -> Iterator[list[str]]:
    by = Writer(chat, models.settings.data, name)
    others = [brief.name for brief in shipped().values() if brief.name != task.brief.name]
    own = checker(task.language)
    asked = (task.brief, task.language, task.channel, (task.tone,) * N, SEED)
    for state in write(by, own, *asked, others):
        yield [copy.text for copy in state.texts]
