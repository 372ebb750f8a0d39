"""The brief: product sheet, channel and tone."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from samovar.errors import InputError, StoreError
from samovar.language import detect
from samovar.phrases import Language, Phrase

UNREADABLE = Phrase(
    "The product sheets {path} cannot be read: {why}.",
    "Карточки товаров {path} не читаются: {why}.",
)
FETCH = Phrase("Restore the file from the repository.", "Восстановите файл из репозитория.")
NAMELESS = Phrase(
    "The sheet does not say what the product is called.", "В карточке нет названия товара."
)
NO_FACTS = Phrase("The sheet says nothing about {name}.", "В карточке нет сведений о {name}.")
WRITE_SHEET = Phrase(
    "Write lines like: Name: Lumeno Arc / For: students / Facts: / - Gives 800 lumens. / "
    "Price: EUR 72 / Forbidden: that it improves eyesight",
    "Пишите строки так: Название: Lumeno Arc / Для: студенты / Факты: / - Даёт 800 люмен. / "
    "Цена: 72 евро / Нельзя: что она улучшает зрение",
)
FILE = Path("products") / "products.jsonl"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hold what may be said of a product, and what must not."""

    name: str
    language: Language
    facts: tuple[str, ...]
    benefits: tuple[str, ...] = ()
    audience: str = ""
    price: str = ""
    forbidden: tuple[str, ...] = ()
    category: str = ""
    id: str = ""

    @property
    def claims(self) -> str:
        """Return all that may be said, as one text."""
        parts = (self.name, self.audience, *self.facts, *self.benefits, self.price)
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Channel:
    """Describe where a text appears and how long it may be there."""

    title: Phrase
    limit: int
    """Characters."""
    tokens: int


@dataclass(frozen=True, slots=True)
class Tone:
    """Describe how a text speaks."""

    title: Phrase


CHANNELS: dict[str, Channel] = {
    "post": Channel(Phrase("Social post", "Пост"), 280, 80),
    "ad": Channel(Phrase("Short ad", "Объявление"), 180, 56),
    "slogan": Channel(Phrase("Slogan", "Слоган"), 80, 28),
    "email": Channel(Phrase("E-mail", "Письмо"), 600, 120),
    "landing": Channel(Phrase("Landing page", "Посадочная страница"), 400, 100),
}
TONES: dict[str, Tone] = {
    "neutral": Tone(Phrase("Neutral", "Нейтральный")),
    "friendly": Tone(Phrase("Friendly", "Дружеский")),
    "bold": Tone(Phrase("Bold", "Смелый")),
    "formal": Tone(Phrase("Formal", "Официальный")),
    "playful": Tone(Phrase("Playful", "Игривый")),
}

LABELS: dict[str, tuple[str, ...]] = {
    "name": ("name", "product", "title", "название", "товар", "продукт", "имя"),
    "audience": ("for", "audience", "для", "для кого", "аудитория"),
    "facts": ("facts", "features", "факты", "свойства", "характеристики"),
    "benefits": ("benefits", "польза", "выгоды", "преимущества"),
    "price": ("price", "цена", "стоимость"),
    "forbidden": ("forbidden", "do not say", "never say", "нельзя", "запрещено", "не говорить"),
    "category": ("category", "категория"),
}
"""Field → its labels at the start of a line, before a colon."""
FIELDS = {label: name for name, labels in LABELS.items() for label in labels}
LISTS = ("facts", "benefits", "forbidden")
BULLET = re.compile(r"^\s*(?:[-*•–—]|\d+[.)])\s+")


def parse(text: str) -> Sheet:
    """Read a sheet written as lines `Label: value` with bullets below; labels in English or Russian.

    Without labels the first line is the name and the other lines are facts.

    Raises:
        InputError: there is no name, or nothing is said of the product.
    """
    found: dict[str, list[str]] = {name: [] for name in LABELS}
    section = "facts"
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        label, colon, value = line.partition(":")
        field = FIELDS.get(label.strip().lower()) if colon else None
        if field:
            section = field if field in LISTS else "facts"
            found[field] += [value.strip()] if value.strip() else []
        elif not found["name"]:
            found["name"].append(BULLET.sub("", line))
        else:
            found[section].append(BULLET.sub("", line))
    if not found["name"]:
        raise InputError(NAMELESS, WRITE_SHEET)
    name = found["name"][0]
    if not found["facts"] and not found["benefits"]:
        raise InputError(NO_FACTS, WRITE_SHEET, name=name[:60])
    first = {key: (found[key] or [""])[0] for key in ("audience", "price", "category")}
    lists = {key: tuple(found[key]) for key in LISTS}
    return Sheet(name=name, language=detect(text) or "en", **lists, **first)


def written(sheet: Sheet) -> str:
    """Return `sheet` as the text that `parse` reads."""
    labels = RUSSIAN if sheet.language == "ru" else ENGLISH
    lines = [f"{labels['name']}: {sheet.name}"]
    for field in ("category", "audience", "facts", "benefits", "price", "forbidden"):
        value = getattr(sheet, field)
        if isinstance(value, str):
            lines += [f"{labels[field]}: {value}"] if value else []
        elif value:
            lines += [f"{labels[field]}:", *(f"- {one}" for one in value)]
    return "\n".join(lines)


ENGLISH = {name: labels[0].capitalize() for name, labels in LABELS.items()}
RUSSIAN = {
    "name": "Название",
    "category": "Категория",
    "audience": "Для",
    "facts": "Факты",
    "benefits": "Польза",
    "price": "Цена",
    "forbidden": "Нельзя",
}


def read_sheets(data: Path) -> dict[str, Sheet]:
    """Return the shipped sheets by id.

    Raises:
        StoreError: the file is missing or damaged.
    """
    path = data / FILE
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        return {row["id"]: _sheet(row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(UNREADABLE, FETCH, path=path, why=error) from error


def _sheet(row: dict[str, object]) -> Sheet:
    lists = {key: tuple(row[key]) for key in LISTS}  # type: ignore[arg-type]
    single = {key: row[key] or "" for key in ("id", "name", "category", "audience", "price")}
    return Sheet(language=row["language"], **lists, **single)  # type: ignore[arg-type]
