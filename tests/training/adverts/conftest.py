"""Three sheets with their facts and a handful of statements, in the form of `data/marketing`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

LAMP = {
    "id": "lamp",
    "name": "Lumeno Arc",
    "category": "desk-lamp",
    "language": "en",
    "audience": "students",
    "facts": ["Uses 9 watts.", "The arm reaches up to 62 centimetres.", "Weighs 900 grams."],
    "benefits": ["Soft light in the evening"],
    "price": "EUR 72 per lamp",
    "forbidden": ["that it improves eyesight"],
}
TEA = {
    "id": "tea",
    "name": "Чай «Луговой»",
    "category": "tea",
    "language": "ru",
    "audience": "семьи",
    "facts": ["В пачке 100 граммов.", "Состоит из иван-чая и мяты.", "Хранится 18 месяцев."],
    "benefits": ["Пахнет летом"],
    "price": "260 ₽ за пачку",
    "forbidden": ["лечение простуды"],
}
BOWL = {
    "id": "bowl",
    "name": "Bruma Bowl",
    "category": "bowl",
    "language": "en",
    "audience": "",
    "facts": ["Holds 300 millilitres."],
    "benefits": [],
    "price": "",
    "forbidden": [],
}
SHEETS = (LAMP, TEA)
STATEMENTS = (
    ("lamp", "en", "The arm reaches up to 62 centimetres across your desk.", None, ""),
    ("lamp", "en", "Nine watts are all that it draws.", None, ""),
    ("lamp", "en", "Soft light in the evening, the way you like it.", None, ""),
    ("lamp", "en", "The shade is made of recycled glass.", "invented_feature", "recycled glass"),
    ("lamp", "en", "It costs EUR 72 with a discount.", "discount", "a discount"),
    ("tea", "ru", "В пачке сто граммов, хватит надолго.", None, ""),
    ("tea", "ru", "Пахнет летом даже в январе.", None, ""),
    ("tea", "ru", "Чай лечит простуду за ночь.", "medical", "лечит простуду"),
    ("bowl", "en", "It holds 300 millilitres.", None, ""),
    ("bowl", "en", "It keeps tea hot.", "invented_feature", "hot"),
)
TEXTS = {
    "en": (
        (
            "lamp",
            "Dear student,\nThe arm reaches up to 62 centimetres. It costs EUR 72 per lamp. See the sheet.",
        ),
    ),
    "ru": (("tea", "Добрый вечер!\nХранится 18 месяцев. Загляните в карточку."),),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder with these files."""
    data = tmp_path / "data"
    folder = data / "marketing"
    for name in ("marketing", "products"):
        (data / name).mkdir(parents=True)
    keys = ("sheet", "language", "text", "fault", "words")
    rows = [dict(zip(keys, row, strict=True)) for row in STATEMENTS]
    _write(folder / "statements-a.jsonl", rows[::2])
    _write(folder / "statements-b.jsonl", rows[1::2])
    tried = {"sheet": "lamp", "channel": "post", "language": "en", "text": "It weighs 900 ounces."}
    _write(folder / "faults-development.jsonl", [tried | {"fault": "unit", "words": "900 ounces"}])
    for language, texts in TEXTS.items():
        _write(
            folder / f"texts-{language}.jsonl",
            [{"sheet": sheet, "text": text} for sheet, text in texts],
        )
    _write(folder / "sheets-train.jsonl", SHEETS)
    _write(folder / "sheets-judged-x.jsonl", [BOWL])
    _write(data / "products" / "products.jsonl", [LAMP | {"id": "other"}])
    return data


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
