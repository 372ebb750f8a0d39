"""Keep the documents whose metadata have the values asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from samovar.errors import InputError
from samovar.phrases import Phrase
from samovar.search.corpus import Document

NOT_FIELDS = Phrase(
    "`filters` must name fields and values, but {value} was given.",
    "«filters» должно называть поля и значения, а получено {value}.",
)
UNKNOWN = Phrase(
    "No document has a field `{name}` to filter by.", "Ни у одного документа нет поля «{name}»."
)
FIELDS = Phrase("The fields are: {fields}.", "Есть поля: {fields}.")
NO_FIELDS = Phrase("These documents have no fields.", "У этих документов нет полей.")
VALUE = Phrase(
    "The filter `{name}` must be a text or a number, not {value}.",
    "Фильтр «{name}» должен быть текстом или числом, а не {value}.",
)
LIKE = Phrase("Write it like field=value.", "Запишите так: поле=значение.")
SHOWN = 60


def checked(filters: object, fields: Collection[str]) -> dict[str, str]:
    """Return `filters` with values as they are compared; None and {} filter nothing.

    Raises:
        InputError: no mapping, a field that no document has, or a value that is no scalar.
    """
    if filters is None:
        return {}
    if not isinstance(filters, Mapping):
        raise InputError(NOT_FIELDS, LIKE, value=repr(filters)[:SHOWN])
    return {str(name): _value(name, value, fields) for name, value in filters.items()}


def fields(documents: Collection[Document]) -> tuple[str, ...]:
    """Return the names of all metadata fields, sorted."""
    return tuple(sorted({name for document in documents for name in document.metadata}))


def passes(document: Document, wanted: Mapping[str, str]) -> bool:
    """Tell whether `document` has every value `wanted`; of a list, one element is enough.

    Letter case does not matter, and 1957 equals "1957".
    """
    return all(
        name in document.metadata and value in _said(document.metadata[name])
        for name, value in wanted.items()
    )


def _value(name: object, value: object, fields: Collection[str]) -> str:
    if name not in fields:
        hint = FIELDS if fields else NO_FIELDS
        shown = str(name)[:SHOWN]
        raise InputError(UNKNOWN, hint, name=shown, fields=", ".join(fields))
    if not isinstance(value, str | int | float):
        raise InputError(VALUE, LIKE, name=name, value=repr(value)[:SHOWN])
    return _scalar(value)


def _said(value: Any) -> list[str]:
    return [_scalar(each) for each in (value if isinstance(value, list) else [value])]


def _scalar(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # JSON numbers such as 1957.0
    return str(value).strip().casefold()
