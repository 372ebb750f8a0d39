"""Requests to the small model without an adapter: shots of the channel, a part of the sheet, an opening.

It writes what it is shown and not what it is told. Given the whole sheet it mixes the
facts up; given two or three facts and the first words of the text it mostly keeps to them. So each
sample gets other facts and another opening, and the shots begin with that very opening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from samovar.marketing.facts.brief import CHANNELS, TONES, Brief
from samovar.marketing.shots import FRAMES, OPENINGS, SHOTS, Shot
from samovar.phrases import Language, Phrase
from samovar.records import ChatRequest, Sampling, Turn

TASK = Phrase(
    "Write {kind} for this product. Tone: {tone}. Say only what is given.",
    "Напиши {kind} о товаре. Тон: {tone}. Говори только то, что дано.",
)
SHEET = Phrase(
    "Product: {name}\nKind: {category}\nFor: {audience}\nFacts: {facts}",
    "Товар: {name}\nВид: {category}\nДля кого: {audience}\nФакты: {facts}",
)
PRICE = Phrase("Price: {price}", "Цена: {price}")
THIS = Phrase("this product", "этот товар")
KIND = Phrase("product", "товар")
ANYONE = Phrase("customers", "покупатели")
LONGEST_FACT = 160
"""Characters of one fact in the prompt; a longer one would push the shots away."""
LONGEST_NAME = 80
BEGINNING = re.compile(r"(?:^|[.!?]\s+|\n)\w")
TEMPERATURE = 0.4


def requests(
    brief: Brief, language: Language, channel: str, tone: str, n: int, seed: int
) -> list[ChatRequest]:
    """Return `n` requests that differ in facts, opening and seed."""
    openings = _openings(brief, language, tone)
    return [
        _request(brief, language, channel, tone, openings[at % len(openings)], at, seed * 1000 + at)
        for at in range(n)
    ]


def _request(
    brief: Brief, language: Language, channel: str, tone: str, opening: str, at: int, seed: int
) -> ChatRequest:
    row = CHANNELS[channel]
    task = TASK.say(language, kind=row.kind, tone=TONES[tone])
    turns: list[Turn] = []
    for shot in SHOTS[language, channel]:
        turns += _shown(shot, task, language, channel, opening)
    name = brief.name[:LONGEST_NAME] or THIS.say(language)
    audience = brief.audience[:LONGEST_FACT] or ANYONE.say(language)
    facts = _selected(brief, language, channel, at)
    kind = brief.category.replace("-", " ") or KIND.say(language)
    asked = SHEET.say(language, name=name, category=kind, audience=audience, facts=facts)
    sampling = Sampling(
        temperature=TEMPERATURE, top_p=0.9, top_k=40, max_tokens=row.tokens, seed=seed
    )
    prefix = _prefix(language, channel, opening, name, audience)
    if not brief.name:
        prefix = BEGINNING.sub(lambda found: found[0].upper(), prefix)
    turns.append(Turn("user", f"{task}\n{asked}"))
    stop = ("\nProduct:", "\nFacts:", "\nТовар:", "\nФакты:")
    return ChatRequest(tuple(turns), sampling, stop=stop, prefix=prefix)


def _shown(shot: Shot, task: str, language: Language, channel: str, opening: str) -> list[Turn]:
    known = {"name": shot.name, "audience": shot.audience, "facts": shot.facts}
    sheet = SHEET.say(language, category=shot.category, **known)
    begun = _prefix(language, channel, opening, shot.name, shot.audience)
    return [Turn("user", f"{task}\n{sheet}"), Turn("assistant", f"{begun} {shot.text}")]


def _prefix(language: Language, channel: str, opening: str, name: str, audience: str) -> str:
    # replaced and not formatted: a sheet may hold braces
    frame = FRAMES.get((language, channel), "{opening}").replace("{opening}", opening)
    return frame.replace("{audience}", audience).replace("{name}", name)


def _openings(brief: Brief, language: Language, tone: str) -> Sequence[str]:
    listed = OPENINGS[language, tone]
    return [o for o in listed if brief.audience or "{audience}" not in o]


def _selected(brief: Brief, language: Language, channel: str, at: int) -> str:
    """Return the part of the sheet that sample `at` gets."""
    row = CHANNELS[channel]
    facts = _turned(brief.facts, row.facts, at)
    benefits = _turned(brief.benefits, row.benefits, at)
    parts = [part[:LONGEST_FACT].rstrip(". ") for part in (*facts, *benefits)]
    if not parts:
        parts = [part[:LONGEST_FACT].rstrip(". ") for part in _turned(brief.facts, 1, at)]
    if row.price and brief.price:
        parts.append(PRICE.say(language, price=brief.price[:LONGEST_FACT]))
    return ". ".join(parts)


def _turned(parts: Sequence[str], n: int, at: int) -> list[str]:
    """Return `n` of `parts`, starting at another one for each sample.

    >>> _turned(("a", "b", "c"), 2, 2)
    ['c', 'a']
    """
    count = min(n, len(parts))
    return [parts[(at + step) % len(parts)] for step in range(count)]
