"""The card of a conversation: greeting, bubbles, and what can be done with each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from samovar.character.evidence import claims, facts
from samovar.character.exchange import Exchange, Reply
from samovar.character.talk import Talk, lines
from samovar.html import act, copy, join, json_lines, notice, plain, tag
from samovar.phrases import Language, Phrase
from samovar.tool import Download

YOU = Phrase("You", "Вы")
WRITING = Phrase("is writing…", "пишет…")
SILENT = Phrase("No words came. Ask for another reply.", "Ответа не вышло. Попросите другой ответ.")
BEGIN = Phrase("Write the first message.", "Напишите первую реплику.")
EDIT, EDIT_SAYS = Phrase("Edit", "Изменить"), Phrase("Edit this message", "Изменить эту реплику")
COPY, COPIED = Phrase("Copy", "Скопировать"), Phrase("Copied", "Скопировано")
AGAIN = Phrase("Another reply", "Другой ответ")
DELETE = Phrase("Delete", "Удалить")
DELETE_SAYS = Phrase(
    "Delete the last message and its reply", "Удалить последнюю реплику вместе с ответом"
)
EARLIER = Phrase("Previous reply", "Предыдущий ответ")
LATER = Phrase("Next reply", "Следующий ответ")
EDITING = Phrase(
    "You are changing this message: sending it replaces it and all that follows.",
    "Вы меняете эту реплику: отправленная заменит её и всё, что дальше.",
)
LEAVE = Phrase("Leave it as it is", "Оставить как было")


@dataclass(frozen=True, slots=True)
class Partner:
    """Say who the visitor talks to."""

    name: str
    greetings: tuple[str, ...] = ()


def body(
    talk: Talk, partner: Partner, language: Language, live: bool = False, acts: bool = True
) -> Markup:
    """Return the whole conversation; while `live` its last reply is still being written.

    Without `acts` it is only to be read.
    """
    said = [_greeting(talk, partner, language)]
    for at, exchange in enumerate(talk.exchanges):
        last = at == len(talk.exchanges) - 1
        shown = _Shown(exchange, at, partner, language, live and last, acts and not live, last)
        gone = talk.edited is not None and at >= talk.edited
        said.append(tag("li", shown.message(), shown.answer(), class_="gone" if gone else None))
        if at == talk.edited:
            said.append(tag("li", _editing(at, language)))
    if not any(said):
        said.append(tag("li", notice(BEGIN.say(language), "empty")))
    return tag("ol", join(one for one in said if one), class_="talk")


def downloads(talk: Talk, character: str, card: Any) -> tuple[Download, ...]:
    """Return the conversation as a file that can be read back."""
    return (
        (json_lines("samovar-character", lines(talk, character, card)),) if talk.exchanges else ()
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """Draw one exchange."""

    exchange: Exchange
    at: int
    partner: Partner
    language: Language
    live: bool
    acts: bool
    """No button is drawn while any reply is being written: it would change what is not kept yet."""
    last: bool

    def message(self) -> Markup:
        """Return the visitor's bubble."""
        edit = act(EDIT.say(self.language), "edit", self.at, EDIT_SAYS.say(self.language))
        said = self.exchange.message
        return tag(
            "div",
            tag("b", YOU.say(self.language), class_="who"),
            plain(said),
            tag("div", edit, self._copy(said), class_="acts") if self.acts else None,
            class_="bubble you",
        )

    def answer(self) -> Markup:
        """Return the reply with what belongs to it."""
        reply = self.exchange.told or Reply("")
        state = "waiting" if self.live else "" if reply.text else "silent"
        text = reply.text or (WRITING if self.live else SILENT).say(self.language)
        return tag(
            "div",
            tag(
                "div",
                tag("b", self.partner.name, class_="who"),
                plain(text),
                self._tools(reply) if self.acts else None,
                claims(reply, self.partner.name, self.language),
                class_=f"bubble they {state}".rstrip(),
                data_newest=self.last,
            ),
            facts(self.exchange.facts, self.language),
            class_="answered",
        )

    def _tools(self, reply: Reply) -> Markup:
        own = [self._copy(reply.text)] if reply.text else []
        if self.last:
            own = [
                *_swipe("swipe", self.exchange.chosen, len(self.exchange.replies), self.language),
                act(AGAIN.say(self.language), "again", self.at, AGAIN.say(self.language)),
                *own,
                act(DELETE.say(self.language), "delete", self.at, DELETE_SAYS.say(self.language)),
            ]
        return tag("div", join(own), class_="acts")

    def _copy(self, text: str) -> Markup:
        return copy(COPY.say(self.language), text, COPIED.say(self.language))


def _greeting(talk: Talk, partner: Partner, language: Language) -> Markup | None:
    count = len(partner.greetings)
    if not count:
        return None
    chosen = min(talk.opening, count - 1)
    choice = [] if talk.exchanges else _swipe("opening", chosen, count, language)
    said = tag(
        "div",
        tag("b", partner.name, class_="who"),
        plain(partner.greetings[chosen]),
        tag("div", join(choice), class_="acts") if choice else None,
        class_="bubble they",
    )
    return tag("li", tag("div", said, class_="answered"))


def _swipe(name: str, chosen: int, count: int, language: Language) -> list[Markup]:
    """Return ‹ 2/3 › where there is a choice."""
    if count < 2:
        return []
    first, last = chosen <= 0, chosen >= count - 1
    return [
        act("‹", name, max(chosen - 1, 0), EARLIER.say(language), off=first),
        tag("span", f"{chosen + 1}/{count}", class_="count"),
        act("›", name, min(chosen + 1, count - 1), LATER.say(language), off=last),
    ]


def _editing(at: int, language: Language) -> Markup:
    leave = act(LEAVE.say(language), "keep", at, LEAVE.say(language))
    return notice(join([EDITING.say(language), leave], " "), "hint")
