"""The names that a request of the HTTP API may give, and what they mean."""

from __future__ import annotations

from samovar import catalog
from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models import pick
from samovar.models.base import ChatModel
from samovar.models.files import adapters
from samovar.models.shelf import Shelf
from samovar.phrases import Phrase
from samovar.server.errors import UnknownModelError

NO_MODEL = Phrase("There is no model {name} here.", "Модели {name} здесь нет.")
MODELS_AT = Phrase("GET /v1/models lists the models.", "Список моделей: GET /v1/models.")


def served(shelf: Shelf) -> list[str]:
    """Return the names that requests may give: models that need no download, and adapters."""
    rows = [row for role in ("chat", "encoder") for row in _rows(role, shelf)]
    return [row.id for row in rows] + adapters.names(shelf.settings)


def chat_model(name: str, shelf: Shelf) -> tuple[ChatModel, str | None]:
    """Return the model that `name` means and the adapter, if it is the name of one.

    Raises:
        UnknownModelError: it is neither.
        ModelError: the adapter or the weights are damaged.
    """
    if name not in adapters.names(shelf.settings):
        return shelf.chat(model("chat", name, shelf).id), None
    for row in _rows("chat", shelf):
        try:
            base = adapters.find(name, row, shelf.settings).base
        except ModelError as error:
            failure = error
        else:
            return shelf.chat(base), name
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
    raise UnknownModelError(NO_MODEL, MODELS_AT, name=repr(name)[:60])
