"""The rules that every input passes first: page, command line and HTTP API alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from samovar.errors import InputError
from samovar.phrases import Phrase

TYPE = Phrase(
    "`{name}` must be {kind}, but {value} was given.",
    "«{name}» должно быть {kind}, а получено {value}.",
)
TEXT = Phrase("a text", "текстом")
WHOLE = Phrase("a whole number", "целым числом")
SWITCH = Phrase("true or false", "true или false")
EMPTY = Phrase("`{name}` is empty.", "Поле «{name}» пусто.")
WRITE = Phrase("Type some text and try again.", "Введите текст и повторите.")
LONG = Phrase(
    "`{name}` has {length:,} characters; at most {limit:,} are accepted.",
    "В поле «{name}» {length:,} знаков, а принимается не больше {limit:,}.",
)
SHORTEN = Phrase("Shorten it or split it into parts.", "Сократите текст или разделите его.")
CONTROL = Phrase(
    "`{name}` contains the control character {code} at position {at}.",
    "В поле «{name}» есть управляющий символ {code} (позиция {at}).",
)
REMOVE = Phrase("Remove it and try again.", "Удалите его и повторите.")
RANGE = Phrase(
    "`{name}` is {value}; it must lie between {low} and {high}.",
    "«{name}» равно {value}, а должно быть от {low} до {high}.",
)
UNKNOWN = Phrase("`{name}` has no value {value}.", "Для «{name}» нет значения {value}.")
CHOOSE = Phrase("Choose one of: {options}.", "Выберите из: {options}.")
ALLOWED_CONTROLS = "\t\n\r\x85"
"""The last one, U+0085, is the line break of some older systems."""


def text(value: object, limit: int, name: str = "text") -> str:
    """Return `value` when it is a non-blank text of at most `limit` characters.

    Raises:
        InputError: not a text, blank, too long, or holding control characters or lone surrogates.
    """
    if not isinstance(value, str):
        raise InputError(TYPE, name=name, kind=TEXT, value=_shown(value))
    if not value.strip():
        raise InputError(EMPTY, WRITE, name=name)
    if len(value) > limit:
        raise InputError(LONG, SHORTEN, name=name, length=len(value), limit=limit)
    for at, char in enumerate(value):
        if unicodedata.category(char) in ("Cc", "Cs") and char not in ALLOWED_CONTROLS:
            raise InputError(CONTROL, REMOVE, name=name, code=f"U+{ord(char):04X}", at=at + 1)
    return value


def whole(value: object, low: int, high: int, name: str) -> int:
    """Return `value` when it is a whole number within `low`..`high` (3.0 counts, True does not).

    Raises:
        InputError: another type, or out of range.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise InputError(TYPE, name=name, kind=WHOLE, value=_shown(value))
    if not low <= value <= high:
        raise InputError(RANGE, name=name, value=value, low=low, high=high)
    if value != int(value):
        raise InputError(TYPE, name=name, kind=WHOLE, value=_shown(value))
    return int(value)


def switch(value: object, name: str) -> bool:
    """Return `value` when it is a boolean.

    Raises:
        InputError: any other type.
    """
    if not isinstance(value, bool):
        raise InputError(TYPE, name=name, kind=SWITCH, value=_shown(value))
    return value


def choice(value: object, options: Collection[str], name: str) -> str:
    """Return `value` when it is one of `options`.

    Raises:
        InputError: it is not; the message lists the options.
    """
    if not isinstance(value, str) or value not in options:
        raise InputError(
            UNKNOWN, CHOOSE, name=name, value=_shown(value), options=", ".join(options)
        )
    return value


def choices(values: object, options: Collection[str], name: str) -> list[str]:
    """Return the `values` in order, without repetitions, each being one of `options`.

    Raises:
        InputError: `values` is no list, or names something unknown.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InputError(
            UNKNOWN, CHOOSE, name=name, value=_shown(values), options=", ".join(options)
        )
    return list(dict.fromkeys(choice(v, options, name) for v in values))


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
