"""Choose the chat model of one tool: a large file where it is here and memory allows, else a smaller."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from samovar import catalog
from samovar.catalog import Model
from samovar.catalog.tools import LARGER
from samovar.errors import ModelError, SamovarError
from samovar.models.engines import elsewhere
from samovar.models.files import adapters, single
from samovar.models.hardware import Hardware, free_memory
from samovar.models.pick import BOTH, Choice, pick
from samovar.phrases import Phrase
from samovar.settings import Settings

HERE = Phrase(
    "{title} is on this machine and {free} MB of memory are free (it needs {needed})",
    "{title} есть на этой машине, свободно {free} МБ памяти (нужно {needed})",
)
IN_MEMORY = Phrase("{title} is in memory", "{title} уже в памяти")
NOT_FETCHED = Phrase(
    "a better one is not here: {line} gets {title}, {size} MB",
    "модели получше здесь нет: {line} получит {title}, {size} МБ",
)
NO_MEMORY = Phrase(
    "{title} needs {needed} MB of free memory, {free} MB are free",
    "для {title} нужно {needed} МБ свободной памяти, а свободно {free} МБ",
)
SHORT = Phrase(
    "{title} needs {needed} MB of free memory, {free} MB are free.",
    "Для {title} нужно {needed} МБ свободной памяти, а свободно {free} МБ.",
)
SMALLER = Phrase(
    "Choose a smaller model, or free some memory.",
    "Выберите модель поменьше или освободите память.",
)
LIGHT = Phrase(
    "{title} is left out by SAMOVAR_LIGHT", "{title} не используется: задан SAMOVAR_LIGHT"
)
SMALL = catalog.PROFILES["embedded"]["chat"]

log = logging.getLogger(__name__)

Free = Callable[[], int]
"""Returns the megabytes of memory that are free."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Hold what the choice depends on beside settings and hardware."""

    loaded: frozenset[str] = frozenset()
    """Ids of models in memory: they need no room."""
    failed: Mapping[str, Phrase] = field(default_factory=dict)
    """Id of a model that could not be loaded → why."""
    free: Free = free_memory


def base(tool: str, settings: Settings, hardware: Hardware, memory: Memory) -> Choice:
    """Return the chat model and engine of `tool`, and why; an empty `tool` asks for the profile's.

    A profile's model that is one large file gives way to that of `embedded` where it cannot run. There,
    a tool may have a larger one; SAMOVAR_LIGHT or a setting that names an engine or a server ends that.

    Raises:
        ModelError: no engine on this machine can run the model.
    """
    chosen = _of_profile(settings, hardware, memory)
    if elsewhere(chosen.engine) or chosen.model.id != SMALL:
        return chosen
    if settings.light or settings.chat_engine:
        return chosen
    for row in LARGER.get(tool, ()):
        model = catalog.model(row.model)
        try:
            larger = pick("chat", settings, hardware, model.id)
        except ModelError:  # no engine here runs it
            continue
        fits, why = _fits(model, settings, memory)
        if fits:
            return replace(larger, reason=why)
        chosen = _further(chosen, why)
    return chosen


def adapter(tool: str, model: str, settings: Settings) -> str | None:
    """Return the adapter with which the chat model `model` answers `tool`.

    None: the table names none, or it is not here.
    """
    named = (row.adapter for row in LARGER.get(tool, ()) if row.model == model)
    name = next(named, None)
    return None if name is None else fitting(name, model, settings)


def fitting(name: str, model: str, settings: Settings) -> str | None:
    """Return `name` where the chat model `model` has an adapter of that name on this machine.

    One that cannot be used is said in the log.
    """
    if name not in adapters.names(settings):
        return None
    try:
        return adapters.find(name, catalog.model(model), settings).name
    except ModelError as error:  # the model answers without it
        log.warning("%s", error)
        return None


def require_memory(model: Model, free: int) -> None:
    """Refuse to load a model that `free` megabytes do not hold: llama.cpp would end the whole program.

    Raises:
        ModelError: it needs more.
    """
    if free < model.memory_mb:
        told = {"title": model.title, "needed": model.memory_mb, "free": free}
        raise ModelError(SHORT, SMALLER, **told)


def reason(error: SamovarError) -> Phrase:
    """Return what `error` says, without its full stop and its way out."""
    said = error.phrase()
    return Phrase(said.en.rstrip("."), said.ru.rstrip("."))


def _of_profile(settings: Settings, hardware: Hardware, memory: Memory) -> Choice:
    """Return the profile's chat model, or the small one where that is a file that cannot run here."""
    small = pick("chat", settings, hardware, SMALL)
    model = catalog.model(catalog.PROFILES[small.profile]["chat"])
    if elsewhere(small.engine) or model.source != "file":
        return pick("chat", settings, hardware)
    try:
        chosen = pick("chat", settings, hardware)
    except ModelError as error:  # no engine here runs it
        return _further(small, reason(error))
    fits, why = _fits(model, settings, memory)
    return _further(chosen if fits else small, why)


def _fits(model: Model, settings: Settings, memory: Memory) -> tuple[bool, Phrase]:
    """Tell whether `model`, one large file, can answer here, and why."""
    free = memory.free()
    told = {"title": model.title, "needed": model.memory_mb, "free": free}
    if settings.light:
        return False, LIGHT.filled(**told)
    if model.id in memory.loaded:
        return True, IN_MEMORY.filled(**told)
    if single.located(model, settings) is None:
        line = single.fetch_line(model)
        return False, NOT_FETCHED.filled(line=line, title=model.title, size=model.size_mb)
    if model.id in memory.failed:
        return False, memory.failed[model.id]
    if free >= model.memory_mb:
        return True, HERE.filled(**told)
    return False, NO_MEMORY.filled(**told)


def _further(chosen: Choice, why: Phrase) -> Choice:
    return replace(chosen, reason=BOTH.filled(first=chosen.reason, second=why))
