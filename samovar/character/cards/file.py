"""Read the file of a character card: JSON, or a PNG picture that carries it."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from samovar.character.cards import png
from samovar.errors import InputError
from samovar.phrases import Phrase

LIMIT = 20 * 2**20
"""Bytes of a picture; of JSON as many as `png.TEXT_LIMIT`."""
KEYWORDS = ("ccv3", "chara")
"""Chunks of a PNG that may hold a card, the newer format first; both hold base64 of JSON."""

LARGE = Phrase(
    "The file has {size:.1f} MB; {limit} MB are read.",
    "В файле {size:.1f} МБ, а читается не больше {limit} МБ.",
)
SMALLER = Phrase(
    "Export the card as JSON without its picture, or shorten its lore.",
    "Выгрузите карточку как JSON без картинки или сократите её сведения о мире.",
)
NO_CARD = Phrase("This picture holds no character card.", "В этой картинке нет карточки персонажа.")
ORIGINAL = Phrase(
    "Take the PNG file that the program exported: a screenshot or a picture saved anew loses the card.",
    "Возьмите файл PNG, выгруженный программой: в снимке экрана и в пересохранённой картинке "
    "карточки уже нет.",
)
NOT_READ = Phrase(
    "This file is no character card: it is neither a PNG picture nor JSON ({why}).",
    "Это не карточка персонажа: файл не является ни картинкой PNG, ни JSON ({why}).",
)
EXPORT = Phrase(
    "Load a card that SillyTavern or a like program exported, as .png or .json.",
    "Загрузите карточку, выгруженную SillyTavern или подобной программой, в виде .png или .json.",
)
SPOILT = Phrase(
    "The card inside the picture cannot be read ({why}).",
    "Карточка внутри картинки не читается ({why}).",
)


def read(data: bytes) -> Any:
    """Return the JSON value of a card's file.

    Raises:
        InputError: it is too large, damaged, or neither JSON nor a PNG with a card.
    """
    picture = data.startswith(png.SIGNATURE)
    limit = LIMIT if picture else png.TEXT_LIMIT
    if len(data) > limit:
        raise InputError(LARGE, SMALLER, size=len(data) / 2**20, limit=limit // 2**20)
    if not picture:
        return _json(data, NOT_READ, EXPORT)
    texts = png.texts(data)
    keyword = next((one for one in KEYWORDS if one in texts), None)
    if keyword is None:
        raise InputError(NO_CARD, ORIGINAL)
    try:
        packed = base64.b64decode(b"".join(texts[keyword].split()), validate=True)
    except binascii.Error as error:
        raise InputError(SPOILT, png.AGAIN, why="base64") from error
    return _json(packed, SPOILT, png.AGAIN)


def _json(data: bytes, rule: Phrase, hint: Phrase) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(rule, hint, why="UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(rule, hint, why=f"{error.lineno}:{error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting without end
        raise InputError(rule, hint, why="JSON") from error
