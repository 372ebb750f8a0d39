"""The card "What answers": each tool's models, how good, how large and how fast they are here."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from samovar import catalog, html
from samovar.errors import SamovarError
from samovar.figures.answerer import Answerer, Figure
from samovar.models.shelf import Shelf
from samovar.phrases import Language, Phrase
from samovar.ui.cards import readme

TITLE = Phrase("What answers", "Что отвечает")
ABOUT = Phrase(
    "The model behind each tool. Figures are of our own evaluation, with 95 % intervals; speed and memory "
    "are of this machine since the program started.",
    "Какая модель стоит за каждым инструментом. Числа из нашей проверки, с 95-процентными интервалами; "
    "скорость и память измерены на этой машине с запуска программы.",
)
SIZE = Phrase("Size", "Размер")
SPEED = Phrase("Speed here", "Скорость здесь")
ENGINE = Phrase("Engine", "Движок")
LICENCE = Phrase("Licence", "Лицензия")
UNMEASURED = Phrase("not measured", "не измерено")
INTERVAL = Phrase("{name} {value} ({low} to {high})", "{name} {value} ({low}–{high})")
MEGABYTES = Phrase("{disk} MB on disk", "{disk} МБ на диске")
HELD = Phrase("about {held} MB in memory", "в памяти около {held} МБ")
NOT_LOADED = Phrase("not in memory yet", "ещё не в памяти")
RATE = Phrase("{rate} tokens/s (last replies: {n})", "{rate} токенов/с (последних ответов: {n})")
NO_RATE = Phrase("not yet measured here", "здесь ещё не измерена")
TOOK = Phrase(
    "An answer took {seconds} s (median of {n})", "Ответ занял {seconds} с (медиана из {n})"
)
UNUSED = Phrase("Not used since the start", "С запуска ещё не использовался")
WITH = Phrase("{model} with {adapter}", "{model} с адаптером {adapter}")
CARD = Phrase("Card", "Карточка")
BELOW = Phrase("{name}, below", "{name}, ниже")
FEW = 2
"""Models of a tool that are shown unfolded."""


def answerers(slug: str) -> tuple[Answerer, ...]:
    """Return who answers the tool `slug` on this machine."""
    told: tuple[Answerer, ...] = importlib.import_module(f"samovar.{slug}.answerers").answerers()
    return told


def card(
    titles: Mapping[str, Phrase],
    took: Mapping[str, Sequence[float]],
    shelf: Shelf,
    language: Language,
) -> Markup:
    """Return the card; `titles` are those of the tools, `took` the seconds of their last answers."""
    blocks = html.join(
        _tool(slug, title, took.get(slug, ()), shelf, language) for slug, title in titles.items()
    )
    return html.join(
        (
            html.tag("h2", TITLE.say(language)),
            html.tag("p", ABOUT.say(language), class_="quiet"),
            html.tag("div", blocks, class_="answerers"),
        )
    )


def _tool(
    slug: str, title: Phrase, took: Sequence[float], shelf: Shelf, language: Language
) -> Markup:
    spent = UNUSED.say(language)
    if took:
        middle = sorted(took)[len(took) // 2]
        spent = TOOK.say(language, seconds=f"{middle:.2g}", n=len(took))
    try:
        found = answerers(slug)
        few = len(found) <= FEW
        rows = html.join(_answerer(row, shelf, language, opened=few) for row in found)
    except SamovarError as error:
        rows = html.notice(error.say(language))
    head = html.tag("h3", title.say(language))
    return html.tag("section", head, html.tag("p", spent, class_="quiet"), rows, class_="tool")


def _answerer(row: Answerer, shelf: Shelf, language: Language, *, opened: bool) -> Markup:
    """Return one model: what it does, its name and how good it is, then the facts about it."""
    name = catalog.title(row.model)
    if row.adapter:
        name = WITH.say(language, model=name, adapter=row.adapter)
    facts = html.join(
        html.tag("div", html.tag("dt", label.say(language)), html.tag("dd", value))
        for label, value in _facts(row, shelf, language)
    )
    summary = html.join(
        (
            html.tag("span", row.part.say(language), class_="part"),
            html.tag("span", name, class_="model"),
            html.tag("span", _figure(row.figure, language), class_="good"),
        )
    )
    why = html.tag("p", row.reason.say(language), class_="quiet")
    body = html.tag("div", html.tag("dl", facts, class_="facts"), why)
    return html.tag("div", html.details(summary, body, opened=opened), class_="answerer")


def _facts(row: Answerer, shelf: Shelf, language: Language) -> Iterator[tuple[Phrase, object]]:
    model = catalog.model(row.model)
    held = shelf.megabytes(row.model)
    memory = NOT_LOADED.say(language) if held is None else HELD.say(language, held=f"{held:,}")
    disk = MEGABYTES.say(language, disk=f"{_disk(row, shelf.settings.assets):,.0f}")
    yield SIZE, f"{disk}, {memory}"
    if model.role == "chat":
        pace = shelf.pace(row.model)
        yield (
            SPEED,
            RATE.say(language, rate=f"{pace.rate:.3g}", n=pace.replies)
            if pace
            else NO_RATE.say(language),
        )
    yield ENGINE, row.engine
    yield LICENCE, model.licence
    name = row.adapter or row.model
    if name in readme.names(shelf.settings):
        yield CARD, html.tag("a", BELOW.say(language, name=name), href=f"#{readme.place(language)}")


def _figure(figure: Figure | None, language: Language) -> str:
    if figure is None:
        return UNMEASURED.say(language)
    values = {key: f"{getattr(figure, key):.3f}" for key in ("value", "low", "high")}
    said = INTERVAL.say(language, name=figure.name, **values)
    return f"{said}, {figure.over}" if figure.over else said


def _disk(row: Answerer, assets: Path) -> float:
    """Return the megabytes of the model, its base and its adapter."""
    model = catalog.model(row.model)
    base = catalog.model(model.base).size_mb if model.base else 0
    weights = assets / "adapters" / row.adapter / "adapter_model.safetensors"
    own = weights.stat().st_size / 1e6 if row.adapter and weights.is_file() else 0
    return model.size_mb + base + own
