"""What the page does with a conversation: send, ask again, choose, edit, delete, recall, load."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from samovar import checks
from samovar.character import card as view
from samovar.character import talk as talks
from samovar.character.card import Partner
from samovar.character.endpoint import SECONDS, SEEDS, TURNS, exchanges
from samovar.character.exchange import WHOLE, Exchange, Steps
from samovar.character.guests import guest
from samovar.character.persona import CHARACTERS
from samovar.character.talk import OWN, Talk, Talks
from samovar.errors import InputError
from samovar.html import notice
from samovar.phrases import Phrase
from samovar.tool import Act, Shown, Visit

NO_CARD = Phrase("No character card is loaded yet.", "Карточка персонажа ещё не загружена.")
LOAD_ONE = Phrase(
    "Load one that SillyTavern or a like program exported; it stays in your browser.",
    "Загрузите выгруженную SillyTavern или подобной программой; она останется в вашем браузере.",
)
GONE = Phrase(
    "This page shows an older state of the conversation.",
    "На этой странице показано прежнее состояние разговора.",
)
RELOAD = Phrase("Here is the present one.", "Вот нынешнее.")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Hold one visitor's conversation with the character that he chose."""

    visit: Visit
    all: Talks
    key: str
    character: str
    card: Any
    partner: Partner

    @property
    def talk(self) -> Talk:
        """Return what was said so far."""
        return self.all.of(self.key)

    def asked(
        self, past: Talk, message: str, seed: Any, retrieval: Any, steps: Steps = WHOLE
    ) -> Iterator[Exchange]:
        """Yield the growing answer to `message` after `past`.

        Raises:
            InputError: at once, when the message breaks a rule.
        """
        said = past.turns()
        if self.card is not None and self.partner.greetings:
            greeting = self.partner.greetings[min(past.opening, len(self.partner.greetings) - 1)]
            said.insert(0, {"role": "assistant", "content": greeting})
        stop = self.visit.stop
        return exchanges(
            message, said[-TURNS:], self.character, retrieval, seed, stop, self.card, steps
        )

    def growing(self, past: Talk, answer: Iterator[Exchange]) -> Iterator[Shown]:
        """Yield the states of the conversation while its last exchange grows; keep the last one."""
        exchange = None
        for exchange in answer:
            yield self.shown(past.and_then(exchange), live=True)
        if exchange is not None:
            yield self.kept(past.and_then(exchange))

    def shown(self, talk: Talk, live: bool = False) -> Shown:
        """Return `talk` as it is drawn."""
        body = view.body(talk, self.partner, self.visit.language, live)
        cost = talk.exchanges[-1].cost if talk.exchanges and not live else None
        files = () if live else view.downloads(talk, self.character, self.card)
        return Shown(body, cost, files)

    def kept(self, talk: Talk, live: bool = False, **inputs: Any) -> Shown:
        """Return `talk` as it is drawn, to be remembered; `inputs` get other values."""
        memory = talks.stored(self.all.having(self.key, talk))
        return replace(self.shown(talk, live), memory=memory, inputs=inputs)


def opened(visit: Visit, memory: Any, character: Any, card: Any) -> Conversation:
    """Return the visitor's conversation with this character.

    Raises:
        InputError: there is no such character, or his card is absent or none.
    """
    checks.choice(character, (*CHARACTERS, OWN), "character")
    if character != OWN:
        who = CHARACTERS[character]
        greeting = who.greeting.say(visit.language)
        partner = Partner(who.name.say(visit.language), (greeting,) if greeting else ())
        card = None
    elif card is None:
        raise InputError(NO_CARD, LOAD_ONE)
    else:
        made = guest(card)
        partner = Partner(made.character.name.say(visit.language), made.greetings)
    key = talks.key(character, card)
    return Conversation(visit, talks.kept(memory), key, character, card, partner)


def answer(
    visit: Visit,
    message: str,
    character: str,
    card: Any,
    seed: int,
    retrieval: bool,
    memory: Any = None,
) -> Iterator[Shown]:
    """Yield the conversation while the reply to `message` grows."""
    room = opened(visit, memory, character, card)
    past = room.talk.open()
    growing = room.asked(past, message, seed, retrieval)
    yield room.kept(past.and_then(Exchange(message)), live=True)
    yield from room.growing(past, growing)


def again(
    visit: Visit, at: int, memory: Any, character: str, card: Any, seed: int, **inputs: Any
) -> Iterator[Shown]:
    """Yield the conversation while another reply to its last message grows."""
    room = opened(visit, memory, character, card)
    if at != len(room.talk.exchanges) - 1:
        raise InputError(GONE, RELOAD)
    past, old = room.talk.before(at), room.talk.exchanges[at]
    other = (int(seed or 0) + len(old.replies)) % (SEEDS + 1)
    growing = room.asked(past, old.message, other, inputs["retrieval"])
    yield from room.growing(past, (_added(old, one) for one in growing))


def resume(visit: Visit, memory: Any, character: str, card: Any, **inputs: Any) -> Shown:
    """Show the conversation that was held last."""
    last = talks.kept(memory).last(card)
    shown = recall(visit, memory, last or character, card)
    return replace(shown, inputs={"character": last}) if last else shown


def recall(visit: Visit, memory: Any, character: str, card: Any, **inputs: Any) -> Shown:
    """Show the conversation with the chosen character."""
    if character == OWN and card is None:
        said = f"{NO_CARD.say(visit.language)} {LOAD_ONE.say(visit.language)}"
        return Shown(notice(said, "empty"))
    room = opened(visit, memory, character, card)
    return room.shown(room.talk)


def anew(visit: Visit, memory: Any, character: str, card: Any, **inputs: Any) -> Shown:
    """Begin a new conversation with the chosen character."""
    return opened(visit, memory, character, card).kept(Talk())


def load(visit: Visit, data: bytes, memory: Any, **inputs: Any) -> Shown:
    """Go on with the conversation of a file."""
    character, card, talk = talks.read(data, tuple(CHARACTERS))
    chosen = {"character": character} | ({"card": card} if character == OWN else {})
    return opened(visit, memory, character, card).kept(talk, **chosen)


def _act(
    change: Callable[[Conversation, int], Shown],
    visit: Visit,
    at: int,
    memory: Any,
    character: str,
    card: Any,
    **inputs: Any,
) -> Shown:
    return change(opened(visit, memory, character, card), at)


def _edit(room: Conversation, at: int) -> Shown:
    if at >= len(room.talk.exchanges):
        raise InputError(GONE, RELOAD)
    said = room.talk.exchanges[at].message
    return room.kept(replace(room.talk, edited=at), message=said)


ACTS = {
    "again": Act(again, SECONDS),
    "swipe": Act(partial(_act, lambda room, at: room.kept(room.talk.choosing(at)))),
    "opening": Act(partial(_act, lambda room, at: room.kept(replace(room.talk, opening=at)))),
    "delete": Act(partial(_act, lambda room, at: room.kept(room.talk.before(at)))),
    "edit": Act(partial(_act, _edit)),
    "keep": Act(
        partial(_act, lambda room, at: room.kept(replace(room.talk, edited=None), message=""))
    ),
}
"""What the buttons of the conversation do; each carries the number of an exchange, reply or greeting."""


def _added(old: Exchange, newer: Exchange) -> Exchange:
    """Return `old` with the growing reply of `newer`, none of whose words may be there yet."""
    if newer.replies:
        return old.again(newer)
    return replace(newer, replies=old.replies, chosen=len(old.replies))
