"""Answered examples that ship with the app, one file a tool: `assets/examples/<slug>.json`.

The page shows them before anybody types. `python -m samovar.ui.examples` makes them anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from samovar import schema
from samovar.errors import InputError, StoreError
from samovar.phrases import Language, Phrase
from samovar.settings import Settings

T = TypeVar("T")
MISSING = Phrase(
    "The answered example {path} is missing or damaged.",
    "Готовый пример {path} не найден или повреждён.",
)
MAKE = Phrase(
    "Make it anew with: python -m samovar.ui.examples",
    "Создайте заново: python -m samovar.ui.examples",
)


def read(settings: Settings, slug: str, language: Language, kind: type[T]) -> T:
    """Return the example's result as the record `kind`.

    Raises:
        StoreError: the file is missing or does not hold such a record.
    """
    try:
        return schema.record(_read(settings, slug, language)["result"], kind)
    except (KeyError, InputError) as error:
        raise StoreError(MISSING, MAKE, path=example_path(settings, slug).name) from error


def inputs(settings: Settings, slug: str, language: Language) -> dict[str, Any]:
    """Return what the page was asked in the example.

    Raises:
        StoreError: the file is missing or damaged.
    """
    given = _read(settings, slug, language).get("inputs", {})
    return given if isinstance(given, dict) else {}


def _read(settings: Settings, slug: str, language: Language) -> dict[str, Any]:
    path = example_path(settings, slug)
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))[language])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(MISSING, MAKE, path=path.name) from error


def example_path(settings: Settings, slug: str) -> Path:
    """Return where the example of tool `slug` is."""
    return settings.assets / "examples" / f"{slug}.json"
