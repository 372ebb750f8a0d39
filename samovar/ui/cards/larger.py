"""The card "A larger one": what a further model would bring, the line that gets it, and the room for it."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from samovar import catalog, html
from samovar.catalog import Model
from samovar.catalog.chat import FETCHED
from samovar.models.files import single
from samovar.models.hardware import Hardware, free_memory
from samovar.phrases import Language, Phrase
from samovar.settings import Settings

TITLE = Phrase("A larger one", "Модель побольше")
BRINGS: dict[str, Phrase] = {
    "qwen": Phrase(
        "Ten times SmolLM2: it follows instructions and reads Russian. It answers the tools that have no "
        "adapter for the small one and gain by it.",
        "В десять раз больше SmolLM2: следует указаниям и понимает русский. Отвечает там, где для малой "
        "модели нет адаптера и это заметно.",
    ),
    "qwen3": Phrase(
        "Twice as large again, for English and Russian. In the profile cpu it answers every tool, and "
        "each reply takes longer.",
        "Ещё вдвое больше, для русского и английского. В профиле cpu отвечает во всех инструментах, и "
        "каждый ответ занимает больше времени.",
    ),
}
GPU = Phrase(
    "For a machine with a graphics card: it is downloaded from the Hub at the first answer.",
    "Для машины с видеокартой: загружается с Hub при первом ответе.",
)
LINE = Phrase("Get it", "Как получить")
USE = Phrase(
    "{line}, then start with SAMOVAR_PROFILE=cpu", "{line}, затем запуск с SAMOVAR_PROFILE=cpu"
)
SET = Phrase("start with SAMOVAR_PROFILE={profile}", "запуск с SAMOVAR_PROFILE={profile}")
DISK = Phrase("Disk", "Диск")
MEMORY = Phrase("Memory", "Память")
NEEDS = Phrase("{needed} MB needed, {free} MB free", "нужно {needed} МБ, свободно {free} МБ")
NO_NEED = Phrase("{needed} MB", "{needed} МБ")
HERE = Phrase("on this machine", "есть на этой машине")
ROOM = Phrase("this machine has the room", "места на этой машине хватит")
NO_ROOM = Phrase("not enough room here", "места на этой машине не хватит")
A_GPU = Phrase("this machine has a GPU", "видеокарта здесь есть")
NO_GPU = Phrase("this machine has no GPU", "видеокарты здесь нет")


@dataclass(frozen=True, slots=True)
class Room:
    """Hold what is free, in MB."""

    disk: int
    memory: int

    @classmethod
    def here(cls, folder: Path) -> Room:
        """Look at the disk of `folder`, which need not exist yet, and at the memory."""
        there = next(path for path in (folder, *folder.parents) if path.exists())
        return cls(shutil.disk_usage(there).free // 10**6, free_memory())


def card(
    settings: Settings,
    room: Room,
    hardware: Hardware,
    loaded: Collection[str],
    language: Language,
) -> Markup:
    """Return the card; `loaded` are the ids of the models in memory, which need no room."""
    rows = [_file(name, settings, room, loaded, language) for name in FETCHED]
    rows.append(_gpu(hardware, language))
    head = html.tag("h2", TITLE.say(language))
    return head + html.tag("div", html.join(rows), class_="answerers larger")


def _file(
    name: str, settings: Settings, room: Room, loaded: Collection[str], language: Language
) -> Markup:
    model = catalog.model(FETCHED[name])
    here = single.located(model, settings) is not None
    fits = model.id in loaded or (
        room.memory >= model.memory_mb and (here or room.disk >= model.size_mb)
    )
    badge = html.badge(
        (NO_ROOM if not fits else HERE if here else ROOM).say(language), "good" if fits else "bad"
    )
    disk = NO_NEED if here else NEEDS
    facts: list[tuple[Phrase, object]] = [
        (DISK, disk.say(language, needed=f"{model.size_mb:,}", free=f"{room.disk:,}")),
        (MEMORY, NEEDS.say(language, needed=f"{model.memory_mb:,}", free=f"{room.memory:,}")),
    ]
    line = _line(model, here, language)
    if line:
        facts.insert(0, (LINE, line))
    return _row(model.title, badge, BRINGS[name], facts, language)


def _line(model: Model, here: bool, language: Language) -> Markup:
    """Return what to type for it; nothing where there is nothing more to do."""
    chosen = catalog.PROFILES["cpu"]["chat"] == model.id
    fetch = html.tag("code", single.fetch_line(model))
    if here:
        return Markup.escape(SET.say(language, profile="cpu")) if chosen else Markup("")
    return Markup(USE.say(language, line="{line}")).format(line=fetch) if chosen else fetch


def _gpu(hardware: Hardware, language: Language) -> Markup:
    model = catalog.model(catalog.PROFILES["gpu"]["chat"])
    badge = html.badge(
        (A_GPU if hardware.gpu else NO_GPU).say(language), "good" if hardware.gpu else "bad"
    )
    facts = (
        (LINE, SET.say(language, profile="gpu")),
        (DISK, NO_NEED.say(language, needed=f"{model.size_mb:,}")),
    )
    return _row(model.title, badge, GPU, facts, language)


def _row(
    title: str,
    badge: Markup,
    brings: Phrase,
    facts: Sequence[tuple[Phrase, object]],
    language: Language,
) -> Markup:
    listed = html.join(
        html.tag("div", html.tag("dt", label.say(language)), html.tag("dd", value))
        for label, value in facts
    )
    return html.tag(
        "section",
        html.tag("h3", title),
        html.tag("p", badge),
        html.tag("p", brings.say(language)),
        html.tag("dl", listed, class_="facts"),
        class_="tool",
    )
