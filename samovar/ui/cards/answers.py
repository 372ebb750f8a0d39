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
from samovar.phrases import NOTHING, Language, Phrase
from samovar.ui.cards import readme, reasons

TITLE = Phrase("What answers", "Что отвечает")
ABOUT = Phrase(
    "The models behind each tool. Quality and speed are figures of our own evaluation on two CPU cores, in "
    "brackets the 95 % interval: how far chance in the choice of the texts may have moved a figure. Memory, "
    "and the speed said to be here, are of this machine. LoRA: a small file of weights, the adapter, that "
    "teaches a model one task.",
    "Какие модели стоят за каждым инструментом. Качество и скорость — из нашей проверки на двух ядрах, в "
    "скобках 95-процентный интервал: насколько число мог сдвинуть случайный выбор текстов. Память и "
    "скорость с пометкой «здесь» — этой машины. LoRA: небольшой файл весов, адаптер, который учит модель "
    "одной задаче.",
)
MODEL = Phrase("Model", "Модель")
QUALITY = Phrase("How good", "Качество")
SIZE = Phrase("Size", "Размер")
SPEED = Phrase("Speed", "Скорость")
UNMEASURED = Phrase("not measured", "не измерено")
RANGE = Phrase("{low} to {high}", "{low}–{high}")
OVER = Phrase("{name}, {over}", "{name}, {over}")
BESIDE = Phrase("for comparison: {name} {value}", "для сравнения: {name} {value}")
MEGABYTES = Phrase("{disk} MB on disk", "{disk} МБ на диске")
HELD = Phrase("about {held} MB in memory", "в памяти около {held} МБ")
NOT_LOADED = Phrase("not in memory yet", "ещё не в памяти")
RATE = Phrase("{rate} tokens/s here (last replies: {n})", "здесь {rate} токенов/с (ответов: {n})")
TOOK = Phrase(
    "An answer took {seconds} s here (the middle one of {n}).",
    "Ответ занял здесь {seconds} с (средний из {n}).",
)
ADAPTER = Phrase("with the adapter {link}", "с адаптером {link}")
CARD = Phrase("its card: {link}", "её карточка: {link}")
OTHERS = Phrase("The other models: {n}", "Остальные модели: {n}")
FEW = 4
"""Models of a tool that all stand unfolded; of more, the best on each test set do."""


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
    blocks = []
    told: list[reasons.Told] = []
    for slug, title in titles.items():
        head = html.tag("h3", title.say(language)) + _took(took.get(slug, ()), language)
        try:
            rows = answerers(slug)
        except SamovarError as error:
            body = html.notice(error.say(language))
        else:
            body = _table(rows, shelf, language)
            told += [reasons.Told(title, row.part, row.reason) for row in rows]
        blocks.append(html.tag("section", head, body, class_="tool"))
    return html.join(
        (
            html.tag("h2", TITLE.say(language)),
            html.tag("p", ABOUT.say(language), class_="quiet"),
            html.tag("div", html.join(blocks), class_="answerers"),
            reasons.grouped(told, language),
        )
    )


def _took(took: Sequence[float], language: Language) -> Markup:
    if not took:
        return Markup("")
    middle = sorted(took)[len(took) // 2]
    said = TOOK.say(language, seconds=f"{middle:.2g}", n=len(took))
    return html.tag("p", said, class_="quiet")


def _table(rows: Sequence[Answerer], shelf: Shelf, language: Language) -> Markup:
    shown = rows if len(rows) <= FEW else _best(rows)
    parts = [_listing(shown, shelf, language)]
    if others := [row for row in rows if row not in shown]:
        body = _listing(others, shelf, language)
        parts.append(html.details(OTHERS.say(language, n=len(others)), body))
    return html.join((*parts, _meanings(rows, language)))


def _best(rows: Sequence[Answerer]) -> Sequence[Answerer]:
    """Return the best on each test set, in their order; all where nothing was measured."""
    best: dict[str, Answerer] = {}
    for row in rows:
        if row.figure:
            held = best.get(row.figure.over)
            if held is None or held.figure is None or row.figure.value > held.figure.value:
                best[row.figure.over] = row
    return list(best.values()) or rows


def _listing(rows: Sequence[Answerer], shelf: Shelf, language: Language) -> Markup:
    headers = [said.say(language) for said in (MODEL, QUALITY, SIZE, SPEED)]
    cells = [
        (
            _model(row, shelf, language),
            _figure(row.figure, language),
            _lines(_size(row, shelf, language)),
            _lines(_speed(row, shelf, language)),
        )
        for row in rows
    ]
    return html.tag("div", html.table(headers, cells), class_="listing")


def _model(row: Answerer, shelf: Shelf, language: Language) -> Markup:
    """Return what a model does there, its name and its adapter, then engine and licence."""
    lines = [
        html.tag("span", row.part.say(language), class_="part"),
        html.tag("span", catalog.title(row.model), class_="model"),
    ]
    name = row.adapter or row.model
    if name in readme.names(shelf.settings):
        said = ADAPTER if row.adapter else CARD
        told = Markup(said.say(language, link="{link}")).format(link=readme.opener(name, language))
        lines.append(html.tag("span", told, class_="small"))
    elif row.adapter:
        lines.append(html.tag("span", ADAPTER.say(language, link=name), class_="small"))
    licence = catalog.model(row.model).licence
    lines.append(html.tag("span", f"{row.engine} · {licence}", class_="small"))
    return html.join(lines)


def _figure(figure: Figure | None, language: Language) -> Markup:
    if figure is None:
        return html.tag("span", UNMEASURED.say(language), class_="small")
    low, high = f"{figure.low:.3f}", f"{figure.high:.3f}"
    name = figure.name.say(language)
    said = OVER.say(language, name=name, over=figure.over) if figure.over else name
    lines = [
        html.tag("b", f"{figure.value:.3f}")
        + html.tag("span", " (", RANGE.say(language, low=low, high=high), ")", class_="small"),
        said,
    ]
    if figure.baseline:
        value = f"{figure.baseline.value:.3f}"
        lines.append(BESIDE.say(language, name=figure.baseline.name, value=value))
    return _lines(lines)


def _size(row: Answerer, shelf: Shelf, language: Language) -> Iterator[str]:
    yield MEGABYTES.say(language, disk=f"{_disk(row, shelf.settings.assets):,.0f}")
    held = shelf.megabytes(row.model)
    yield NOT_LOADED.say(language) if held is None else HELD.say(language, held=f"{held:,}")


def _speed(row: Answerer, shelf: Shelf, language: Language) -> Iterator[str]:
    pace = shelf.pace(row.model) if catalog.model(row.model).role == "chat" else None
    if pace:
        yield RATE.say(language, rate=f"{pace.rate:.3g}", n=pace.replies)
    if row.took != NOTHING:
        yield row.took.say(language)
    if not pace and row.took == NOTHING:
        yield UNMEASURED.say(language)


def _lines(lines: Sequence[object] | Iterator[object]) -> Markup:
    """Return the first line as it is, the others in small type."""
    first, *others = lines
    head = html.tag("span", first, class_="first")
    return head + html.join(html.tag("span", other, class_="small") for other in others)


def _meanings(rows: Sequence[Answerer], language: Language) -> Markup:
    """Return what each figure of the table says, once, for somebody who does not know its name."""
    found = {
        row.figure.means: row.figure.name.say(language)
        for row in rows
        if row.figure and row.figure.means != NOTHING
    }
    return html.join(
        html.tag("p", html.tag("b", name), ": ", means.say(language), ".", class_="quiet")
        for means, name in found.items()
    )


def _disk(row: Answerer, assets: Path) -> float:
    """Return the megabytes of the model, its base and its adapter."""
    model = catalog.model(row.model)
    base = catalog.model(model.base).size_mb if model.base else 0
    weights = assets / "adapters" / row.adapter / "adapter_model.safetensors"
    own = weights.stat().st_size / 1e6 if row.adapter and weights.is_file() else 0
    return model.size_mb + base + own
