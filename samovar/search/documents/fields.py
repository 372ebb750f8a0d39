"""The fields of documents: what kinds of values each has, and what a filter may ask of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping

from samovar import checks
from samovar.errors import InputError
from samovar.phrases import Language, Phrase
from samovar.search.documents.corpus import Document
from samovar.search.documents.facts import values
from samovar.search.documents.values import KINDS, ORDERINGS, Kind, Value, borders, is_year

UNKNOWN = Phrase(
    "No document has a field `{name}` to filter by.", "Ни у одного документа нет поля «{name}»."
)
FIELDS = Phrase("The fields are: {fields}.", "Есть поля: {fields}.")
NO_FIELDS = Phrase("These documents have no fields.", "У этих документов нет полей.")
NO_SENSE = Phrase(
    "The filter `{name}` cannot have the value {value}: the field holds {kinds}.",
    "Фильтр «{name}» не может иметь значение {value}: в этом поле {kinds}.",
)
ONE_EACH = Phrase(
    "Write every condition by itself, such as year >= 1900; topic = art.",
    "Пишите каждое условие отдельно, например year >= 1900; topic = art.",
)
NO_ORDER = Phrase(
    "The field `{name}` holds {kinds}, which have no order, so {operator} says nothing about it.",
    "В поле «{name}» {kinds}, у них нет порядка, и {operator} о них ничего не говорит.",
)
ORDERLESS = Phrase("Write = or !=.", "Пишите = или !=.")
TYPES: Mapping[Kind, Phrase] = {
    "number": Phrase("numbers", "числа"),
    "date": Phrase("dates", "даты"),
    "boolean": Phrase("true or false", "true или false"),
    "text": Phrase("texts", "тексты"),
}
"""What the values of a field are called."""
Fields = Mapping[str, tuple[Kind, ...]]
"""Field → the kinds of its values; of a field with texts, which may be anything, only that."""
SHOWN = 60


def fields_of(documents: Collection[Document]) -> dict[str, tuple[Kind, ...]]:
    """Return all metadata fields by name, sorted, each with the kinds of its values."""
    kinds: dict[str, set[Kind]] = {}
    for document in documents:
        for name, field in document.metadata.items():
            known = kinds.setdefault(name, set())
            if "text" not in known:
                known.update(one.kind for one in values(field))
    return {
        name: ("text",) if "text" in kinds[name] else tuple(k for k in KINDS if k in kinds[name])
        for name in sorted(kinds)
    }


def named(kinds: Collection[Kind]) -> Phrase:
    """Return what values of these kinds are called."""
    said = [TYPES[kind] for kind in kinds]
    return Phrase(", ".join(one.en for one in said), ", ".join(one.ru for one in said))


def field_named(name: object, fields: Fields) -> str:
    """Return the field called `name`, whose accents may be written otherwise.

    Raises:
        InputError: there is none; the fields and their kinds are named.
    """
    if isinstance(name, str):
        same = (field for field in fields if _composed(field) == _composed(name))
        found = name if name in fields else next(same, None)
        if found is not None:
            return found
    told = Phrase(_listed(fields, "en"), _listed(fields, "ru"))
    raise InputError(UNKNOWN, FIELDS if fields else NO_FIELDS, name=str(name)[:SHOWN], fields=told)


def _listed(fields: Fields, language: Language) -> str:
    said = ((name, named(kinds).say(language)) for name, kinds in fields.items())
    return ", ".join(f"{name} ({kinds})" if kinds else name for name, kinds in said)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def require_sense(
    name: str, operator: str, wanted: Value, written: str, kinds: tuple[Kind, ...]
) -> None:
    """Refuse what no value of these kinds can be compared with; a text may be anything.

    Raises:
        InputError: the value, or an ordering of what has no order.
    """
    if not kinds or "text" in kinds:
        return
    told = {"name": name, "kinds": named(kinds)}
    if wanted.kind not in kinds and not ("date" in kinds and is_year(wanted)):
        raise InputError(NO_SENSE, ONE_EACH, value=checks.shown(written), **told)
    if operator in ORDERINGS and not borders(wanted, operator):
        raise InputError(NO_ORDER, ORDERLESS, operator=operator, **told)
