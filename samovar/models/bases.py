"""Choose the chat model of one tool: a larger one where its file is here and memory allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import psutil

from samovar import catalog
from samovar.catalog import Model
from samovar.catalog.tools import LARGER
from samovar.errors import ModelError
from samovar.models.files import single
from samovar.models.hardware import Hardware
from samovar.models.pick import Choice, pick
from samovar.phrases import Phrase
from samovar.settings import Settings

HERE = Phrase(
    "{title} is on this machine and {free} MB of memory are free (it needs {needed})",
    "{title} есть на этой машине, свободно {free} МБ памяти (нужно {needed})",
)
NOT_FETCHED = Phrase(
    "a better one is not here: {line} gets {title}, {size} MB",
    "модели получше здесь нет: {line} получит {title}, {size} МБ",
)
NO_MEMORY = Phrase(
    "{title} needs {needed} MB of free memory, {free} MB are free",
    "для {title} нужно {needed} МБ свободной памяти, а свободно {free} МБ",
)
BOTH = Phrase("{first}; {second}", "{first}; {second}")

Free = Callable[[], int]
"""Returns the megabytes of memory that are free."""


def free_memory() -> int:
    """Return the megabytes that a new model could take without swapping."""
    return int(psutil.virtual_memory().available // 10**6)


def base(
    tool: str, settings: Settings, hardware: Hardware, loaded: frozenset[str], free: Free
) -> Choice:
    """Return the chat model and engine of `tool`, and why.

    Only the profile `embedded` has a choice, and SAMOVAR_LIGHT or a setting that names an engine or a
    server ends it.
    `loaded` are the ids in memory: what is there already needs no room.

    Raises:
        ModelError: no engine on this machine can run the model.
    """
    chosen = pick("chat", settings, hardware)
    if chosen.profile != "embedded" or chosen.engine == "remote":
        return chosen
    if settings.light or settings.chat_engine:
        return chosen
    for model in map(catalog.model, LARGER.get(tool, ())):
        try:
            larger = pick("chat", settings, hardware, model.id)
        except ModelError:  # no engine here runs it
            continue
        fits, why = _fits(model, settings, loaded, free())
        if fits:
            return replace(larger, reason=why)
        chosen = replace(chosen, reason=BOTH.filled(first=chosen.reason, second=why))
    return chosen


def _fits(
    model: Model, settings: Settings, loaded: frozenset[str], free: int
) -> tuple[bool, Phrase]:
    told = {"title": model.title, "needed": model.memory_mb, "free": free}
    if single.located(model, settings) is None:
        line = single.fetch_line(model)
        return False, NOT_FETCHED.filled(line=line, title=model.title, size=model.size_mb)
    if model.id in loaded or free >= model.memory_mb:
        return True, HERE.filled(**told)
    return False, NO_MEMORY.filled(**told)
