"""The names that a request of the HTTP API may give, and what they mean."""

from __future__ import annotations

from typing import Any

from samovar import catalog
from samovar.catalog import Model
from samovar.character.persona import CHARACTERS
from samovar.errors import ModelError
from samovar.models import pick
from samovar.models.files import adapters
from samovar.models.shelf import Shelf
from samovar.phrases import Phrase
from samovar.server.errors import UnknownModelError

NO_MODEL = Phrase("There is no model {name} here.", "Модели {name} здесь нет.")
MODELS_AT = Phrase("GET /v1/models lists the models.", "Список моделей: GET /v1/models.")


def served(shelf: Shelf) -> dict[str, dict[str, Any]]:
    """Return the names that requests may give, each with what else there is to say of it.

    They are characters, models that need no download, and adapters.
    """
    rows = [row for role in ("chat", "encoder") for row in _rows(role, shelf)]
    names: dict[str, dict[str, Any]] = {row.id: {} for row in rows}
    for slug, character in CHARACTERS.items():
        names[slug] = {
            "kind": "character",
            "name": character.name.say("en"),
            "title": character.title.say("en"),
            "languages": list(character.languages),
        }
    return names | {name: {} for name in adapters.names(shelf.settings)}


def about(name: str, shelf: Shelf) -> dict[str, Any]:
    """Return what else there is to say of `name`.

    Raises:
        UnknownModelError: no request may give it.
    """
    known = served(shelf)
    if name not in known:
        raise _unknown(name)
    return known[name]


def chat_model(name: str, shelf: Shelf) -> tuple[str, str | None]:
    """Return the id of the model that `name` means and the adapter, if it is the name of one.

    Raises:
        UnknownModelError: it is neither.
        ModelError: the adapter or the weights are damaged.
    """
    if name not in adapters.names(shelf.settings):
        return model("chat", name, shelf).id, None
    for row in _rows("chat", shelf):
        try:
            base = adapters.find(name, row, shelf.settings).base
        except ModelError as error:
            failure = error
        else:
            return base, name
    raise failure


def _rows(role: str, shelf: Shelf) -> list[Model]:
    """Return the profile's model and those of the catalog that need no download."""
    first = shelf.choice(role).model
    others = (row for row in catalog.MODELS if row.role == role and row.id != first.id)
    return [first, *(row for row in others if pick.installed(row, shelf.settings))]


def model(role: str, name: str, shelf: Shelf) -> Model:
    """Return the model `name` of the catalog, by default the profile's.

    Raises:
        UnknownModelError: there is none, or it would have to be downloaded.
    """
    for row in _rows(role, shelf):
        if name in ("", row.id):
            return row
    raise _unknown(name)


def _unknown(name: str) -> UnknownModelError:
    return UnknownModelError(NO_MODEL, MODELS_AT, name=repr(name)[:60])
