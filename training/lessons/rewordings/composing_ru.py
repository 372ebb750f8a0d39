"""Russian requests of a statement and an order: "Мне холодно, закрой окно"; see composing.py."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from samovar.paraphrase.act import Act, act
from training.lessons.rewordings.framing_ru import framed

SITUATIONS = (
    "мне холодно", "я уже ухожу", "я только пришёл домой", "у меня заняты руки", "мне не спится",
    "скоро придут гости", "я очень устал", "уже поздно", "я тороплюсь", "ребёнок спит",
    "я не могу найти очки", "телефон почти разряжен", "в комнате темно", "был трудный день",
    "я в поезде", "времени совсем нет", "у меня болит голова", "у меня день рождения",
    "я за рулём", "я потерял ключи", "мне скучно", "дома никого нет", "машина сломалась",
    "музыка слишком громкая", "я забыл пароль", "на улице шумно",
)  # fmt: skip
"""Statements that may stand before an order."""
LONGEST = 9
"""Words of an order that takes part."""
EACH = 400


def compositions(texts: Sequence[str], draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield EACH sources and targets: a statement and an order, which gets an opening in the target."""
    orders = [
        text
        for text in texts
        if act(text, "ru") == Act.COMMAND and len(text.split()) <= LONGEST and framed(text, draw)
    ]
    for order in draw.sample(orders, min(EACH, len(orders))):
        said = draw.choice(SITUATIONS)
        asked = framed(order, draw)
        if asked:
            plain = order.rstrip(".!")
            yield (
                f"{said.capitalize()}, {_inner(plain)}.",
                f"{said.capitalize()}, {_inner(asked)}{_sign(asked)}",
            )


def _inner(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sign(asked: str) -> str:
    return "?" if asked.startswith(("Можешь", "Можете", "Не мог")) else "."
