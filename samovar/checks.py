"""The rules that every input passes first: page, command line and HTTP API alike."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Collection, Iterable

from samovar.errors import Field, InputError
from samovar.phrases import NOTHING, Phrase

TYPE = Phrase(
    "{name} must be {kind}, but {value} was given.",
    "Значение {name} должно быть {kind}, а получено {value}.",
)
TEXT = Phrase("a text", "текстом")
REAL = Phrase("a number", "числом")
WHOLE = Phrase("a whole number", "целым числом")
SWITCH = Phrase("true or false", "true или false")
NONE = Phrase("nothing", "ничего")
EMPTY = Phrase("{name} is empty.", "Поле {name} пусто.")
WRITE = Phrase("Type some text and try again.", "Введите текст и повторите.")
NUMBER = Phrase(
    "Enter a whole number from {low:,} to {high:,}.", "Введите целое число от {low:,} до {high:,}."
)
LONG = Phrase(
    "{name} has {length:,} characters; at most {limit:,} are accepted.",
    "В поле {name} слишком длинный текст: {length:,} зн., а принимается не больше {limit:,}.",
)
SHORTEN = Phrase("Shorten it or split it into parts.", "Сократите его или разделите на части.")
CONTROL = Phrase(
    "{name} contains the control character {code} at position {at}.",
    "В поле {name} есть управляющий символ {code} (позиция {at}).",
)
REMOVE = Phrase("Remove it and try again.", "Удалите его и повторите.")
RANGE = Phrase(
    "{name} is {value}; it must lie between {low} and {high}.",
    "В поле {name} стоит {value}, а должно быть от {low:,} до {high:,}.",
)
LEAST = Phrase(
    "{name} is {value}; it must be at least {bound}.",
    "В поле {name} стоит {value}, а должно быть не меньше {bound}.",
)
UNKNOWN = Phrase("{name} has no value {value}.", "У поля {name} нет значения {value}.")
CHOOSE = Phrase("Choose one of: {options}.", "Выберите из: {options}.")
ALLOWED_CONTROLS = "\t\n\r\x85"
"""The last one, U+0085, is the line break of some older systems."""
SHOWN = 60
"""Characters of a value that a message repeats."""


def text(value: object, limit: int, name: str = "text") -> str:
    """Return `value` when it is a non-blank text of at most `limit` characters.

    Raises:
        InputError: not a text, blank, too long, or holding control characters or lone surrogates.
    """
    if not isinstance(value, str):
        raise InputError(TYPE, name=Field(name), kind=TEXT, value=shown(value))
    if not value.strip():
        raise InputError(EMPTY, WRITE, name=Field(name))
    if len(value) > limit:
        raise InputError(LONG, SHORTEN, name=Field(name), length=len(value), limit=limit)
    for at, char in enumerate(value):
        if unicodedata.category(char) in ("Cc", "Cs") and char not in ALLOWED_CONTROLS:
            raise InputError(
                CONTROL, REMOVE, name=Field(name), code=f"U+{ord(char):04X}", at=at + 1
            )
    return value


def whole(value: object, low: int, high: int, name: str) -> int:
    """Return `value` when it is a whole number within `low`..`high` (3.0 counts, True does not).

    Raises:
        InputError: another type, or out of range.
    """
    told = {"name": Field(name), "value": shown(value), "low": low, "high": high}
    if value is None or value == "":
        raise InputError(EMPTY, NUMBER, **told)
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise InputError(TYPE, NUMBER, kind=WHOLE, **told)
    if not low <= value <= high:
        raise InputError(RANGE, NOTHING, **told)
    if value != int(value):
        raise InputError(TYPE, NUMBER, kind=WHOLE, **told)
    return int(value)


def amount(value: object, name: str) -> float:
    """Return `value` when it is a number of at least 0; nothing given is 0.

    Raises:
        InputError: another type, or less than 0.
    """
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not value < math.inf:
        raise InputError(TYPE, name=Field(name), kind=REAL, value=shown(value))
    if value < 0:
        raise InputError(LEAST, name=Field(name), value=shown(value), bound=0)
    return float(value)


def switch(value: object, name: str) -> bool:
    """Return `value` when it is a boolean.

    Raises:
        InputError: any other type.
    """
    if not isinstance(value, bool):
        raise InputError(TYPE, name=Field(name), kind=SWITCH, value=shown(value))
    return value


def choice(value: object, options: Collection[str], name: str) -> str:
    """Return `value` when it is one of `options`.

    Raises:
        InputError: it is not; the message lists the options.
    """
    if not isinstance(value, str) or value not in options:
        raise InputError(
            UNKNOWN, CHOOSE, name=Field(name), value=shown(value), options=", ".join(options)
        )
    return value


def choices(values: object, options: Collection[str], name: str) -> list[str]:
    """Return the `values` in order, without repetitions, each being one of `options`.

    Raises:
        InputError: `values` is no list, or names something unknown.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InputError(
            UNKNOWN, CHOOSE, name=Field(name), value=shown(values), options=", ".join(options)
        )
    return list(dict.fromkeys(choice(v, options, name) for v in values))


def shown(value: object) -> object:
    """Return `value` as JSON writes it, shortened; nothing is said in the user's language."""
    if value is None:
        return NONE
    written = json.dumps(value, ensure_ascii=False, default=repr)
    written = written.encode("utf-8", "backslashreplace").decode()  # a lone surrogate is no UTF-8
    return written if len(written) <= SHOWN else written[: SHOWN - 1] + "…"
