"""Conditions under which a fact holds: "per line", "with the lid closed", «по будням», "excluding VAT"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from samovar.marketing.facts.sentence import Sentence
from samovar.phrases import Language


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold the words of one condition, where they stand in the fact, and the stems of its first words."""

    words: str
    stems: frozenset[str]
    start: int
    end: int
    stop: int
    """Where the phrase ends, its number included."""
    binding: bool
    """Whether a text that tells the fact must keep it; of a price, all are."""
    strict: bool
    """Whether it must be kept even where no number of the fact is told."""


MARKERS: dict[Language, str] = {
    "en": "per|with|without|when|if|unless|at|in|on|for|within|excluding|until|after|before|during|of"
    "|from|by|one-time|under|to",
    "ru": "за|с|со|без|при|если|когда|в|во|на|для|до|после|по|кроме|от|из|разово|между",
}
BINDING: dict[Language, str] = {
    "en": r"per|without|unless|at (?!once|the same time|a time|most|least|up)|on|with|within|excluding|if"
    r"|when|until|one-time|for (?:new|orders?|members?|people|patients|customers?)"
    r"|in (?:\w+ )*(?:mode|settings?|size|weather|place|use|shade|rooms?)\b",
    "ru": r"без(?! выходных)|при|если|кроме|разово|для (?:нов|заказ|покуп|клиент|постоян|перв)|в режиме"
    r"|в (?:\w+ )*(?:режиме|положении|виде|состоянии|помещении|упаковке|пачке)"
    r"|по (?:будн|выходн|рабоч|суббот|воскрес|вторник|сред|четверг|понедельник|пятниц|праздник)"
    r"|с (?:\w+ )?(?:аккумулятор|крышк|закрыт|открыт|учёт|монтаж|наполн)\w*|на (?:сух|минимальн|максимальн"
    r"|самой|слаб|средн|один|одного|одном)",
}
"""Beginnings of conditions that right texts keep; the other phrases only say what happens."""
STRICT: dict[Language, str] = {
    "en": r"for (?:new|orders?|members?)|unless|until|only|per|excluding|if",
    "ru": r"при (?:ремонт|оплат|заказ|покупк|услови|срок|сумм)|для нов|если|только|на сух",
}
KEPT = 2
"""Content words of a condition by which it is known."""
IDLE = frozenset({"штук", "комплект", "first"})
"""Stems that no text needs to repeat: «за штуку»."""


def conditions(sentence: Sentence, language: Language, *, price: bool) -> tuple[Condition, ...]:
    """Return the stretches of a fact that begin with a word of condition."""
    found = []
    text = sentence.text
    places = list(re.finditer(rf"(?<!\w)({MARKERS[language]})(?!\w)", text, re.IGNORECASE))
    for at, match in enumerate(places):
        # "with a delay of 15 seconds" is one phrase
        after = [place for place in places[at + 1 :] if place[0].lower() != "of"]
        stop = after[0].start() if after else len(text)
        words = re.split(r"[,;.!?](?:\s|$)|\s(?:and|и)\s", text[match.start() : stop])[0].strip()
        bare = re.sub(r"\s\S*\d.*", "", words)
        words = bare if sentence.stems_in(match.end(), match.start() + len(bare)) else words
        end = match.start() + len(words)
        stems = sentence.stems_in(match.end(), end) or sentence.stems_in(match.start(), end)
        found.append(
            Condition(
                words,
                frozenset([each for each in stems if each not in IDLE][:KEPT]),
                match.start(),
                end,
                stop,
                price or bool(re.match(BINDING[language], words, re.IGNORECASE)),
                bool(re.match(STRICT[language], words, re.IGNORECASE)),
            )
        )
    return tuple(found)
