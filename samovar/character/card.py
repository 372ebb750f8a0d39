"""The conversation as a card: the visitor right, the character left, the facts beside a reply."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from samovar import html
from samovar.character.core import Exchange
from samovar.phrases import Language, Phrase
from samovar.records import Fact
from samovar.tool import Download

NAME = "samovar-chat"
YOU = Phrase("You", "Вы")
THINKS = Phrase("thinking …", "думает …")
FACTS = Phrase("Facts given to the model ({n})", "Факты, переданные модели ({n})")
NO_FACTS = Phrase("No fact looked up", "Факты не подобраны")
ENGLISH = Phrase(
    "The embedded model answers in English; facts are found for Russian questions too.",
    "Встроенная модель отвечает по-английски; факты находятся и для русских вопросов.",
)


def body(talk: Sequence[Exchange], name: str, language: Language, *, english: bool) -> Markup:
    """Return the card's body; `english` adds the line that the model speaks English only."""
    note = html.notice(ENGLISH.say(language), "hint") if english else ""
    exchanges = html.join(_exchange(one, name, language) for one in talk)
    return html.tag("div", note, exchanges, class_="talk")


def downloads(talk: Sequence[Exchange]) -> tuple[Download, ...]:
    """Return the conversation as JSON Lines, one exchange a line."""
    return (html.json_lines(NAME, talk),)


def _exchange(one: Exchange, name: str, language: Language) -> Markup:
    said = one.reply or THINKS.say(language)
    return html.tag(
        "div",
        _bubble(YOU.say(language), one.message, "visitor"),
        _bubble(name, said, "character"),
        _facts(one.facts, language),
        class_="exchange",
    )


def _bubble(who: str, text: str, kind: str) -> Markup:
    return html.tag(
        "div", html.tag("span", who, class_="who"), html.plain(text), class_=f"bubble {kind}"
    )


def _facts(facts: Sequence[Fact], language: Language) -> Markup:
    if not facts:
        return html.tag("p", NO_FACTS.say(language), class_="no-facts")
    listed = html.join(html.tag("li", fact.text, " ", _place(fact)) for fact in facts)
    return html.details(
        FACTS.say(language, n=len(facts)), html.tag("ul", listed, class_="facts"), opened=True
    )


def _place(fact: Fact) -> Markup:
    if fact.season is None:
        return Markup("")
    episode = f" E{fact.episode}" if fact.episode is not None else ""
    return html.badge(f"S{fact.season}{episode}", "accent")
