"""The card of a conversation: bubbles, and beside each reply the facts it was given."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar.character.endpoint import place
from samovar.character.exchange import Exchange
from samovar.html import badge, join, json_lines, plain, tag
from samovar.phrases import Language, Phrase
from samovar.records import Fact
from samovar.tool import Download

YOU = Phrase("You", "Вы")
FACTS = Phrase("Facts used", "Использованные факты")
WRITING = Phrase("is writing…", "пишет…")
SILENT = Phrase(
    "No words came. Ask again with another seed.", "Ответа не вышло. Спросите с другим зерном."
)


def body(talk: Sequence[Exchange], name: str, language: Language, live: bool = False) -> Markup:
    """Return the whole conversation; while `live` its last reply is still being written."""
    last = len(talk) - 1
    shown = [_exchange(one, name, language, live and at == last) for at, one in enumerate(talk)]
    return tag("ol", join(shown), class_="talk")


def downloads(talk: Sequence[Exchange]) -> tuple[Download, ...]:
    """Return the conversation as JSON Lines, an exchange a line."""
    return (json_lines("samovar-character", talk),)


def _exchange(exchange: Exchange, name: str, language: Language, live: bool) -> Markup:
    said = plain(exchange.reply or (WRITING if live else SILENT).say(language))
    state = "bubble they waiting" if live or not exchange.reply else "bubble they"
    return tag(
        "li",
        tag(
            "div",
            tag("b", YOU.say(language), class_="who"),
            plain(exchange.message),
            class_="bubble you",
        ),
        tag(
            "div",
            tag("div", tag("b", name, class_="who"), said, class_=state),
            _facts(exchange.facts, language),
            class_="answered",
        ),
    )


def _facts(facts: Sequence[Fact], language: Language) -> Markup | None:
    if not facts:
        return None
    rows = [tag("li", _mark(fact), plain(fact.said(language))) for fact in facts]
    return tag(
        "aside", tag("b", FACTS.say(language), class_="who"), tag("ul", join(rows)), class_="facts"
    )


def _mark(fact: Fact) -> Markup | None:
    mark = place(fact.season, fact.episode)
    return badge(mark, "accent") if mark else None
