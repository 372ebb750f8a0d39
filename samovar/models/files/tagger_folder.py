"""The folder `assets/taggers/<id>` of a tagger trained here: what is in it, and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.phrases import Phrase
from samovar.settings import Settings

PROTOCOL = 1
"""Of the features and labels; raised when they change."""
ABOUT, CARD = "samovar.json", "README.md"
ABSENT = Phrase(
    "The weights of {title} are missing: there is no {path}.",
    "Весов {title} нет: не найден файл {path}.",
)
DAMAGED = Phrase("The file {file} of {title} is damaged.", "Файл {file} модели {title} повреждён.")
OTHER = Phrase(
    "{title} has protocol {found}; this version reads protocol {expected}.",
    "У {title} протокол {found}, а эта версия читает протокол {expected}.",
)
AGAIN = Phrase(
    "Get the folder assets of the repository, or train it again.",
    "Возьмите папку assets из репозитория или обучите модель заново.",
)


def folder(model: Model, settings: Settings) -> Path:
    """Return the folder of `model`, whether it exists or not."""
    return settings.assets / "taggers" / model.id


def installed(model: Model, settings: Settings) -> bool:
    """Tell whether the folder of `model` is there (not whether it is intact)."""
    return (folder(model, settings) / ABOUT).is_file()


def file(model: Model, settings: Settings, name: str) -> Path:
    """Return the path `name` in the folder of `model`, its protocol checked.

    Raises:
        ModelError: it is missing, damaged or of another version.
    """
    path = folder(model, settings) / name
    if not path.exists():
        raise ModelError(ABSENT, AGAIN, title=model.title, path=path)
    protocol = about(model, settings).get("protocol")
    if protocol != PROTOCOL:
        raise ModelError(OTHER, AGAIN, title=model.title, found=protocol, expected=PROTOCOL)
    return path


def about(model: Model, settings: Settings) -> dict[str, Any]:
    """Return what `samovar.json` says.

    Raises:
        ModelError: it is missing or damaged.
    """
    try:
        fields = json.loads((folder(model, settings) / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise damaged(model, ABOUT) from error
    if not isinstance(fields, dict):
        raise damaged(model, ABOUT)
    return fields


def damaged(model: Model, name: str) -> ModelError:
    """Return the error that says which file of `model` cannot be used."""
    return ModelError(DAMAGED, AGAIN, title=model.title, file=name)
