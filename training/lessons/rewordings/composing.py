"""Requests of several parts, put together from simple ones: a statement, an order, a time.

Sets of commands hardly hold them, and a small model that has not seen them drops a part or moves it to
the wrong verb. Each composition is a pair: the parts of its target are reworded, or in another order.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samovar.paraphrase.act import Act, act, message
from samovar.paraphrase.openings import NEGATIVES_EN, OPENINGS_EN
from training.lessons.rewordings.candidates import Candidate
from training.lessons.rewordings.framing import GERUND, gerund, ordered
from training.lessons.rewordings.styling import POLITE

LEADS = (
    "after lunch", "before dinner", "when I get home", "at half past nine", "tomorrow morning",
    "on Friday", "at noon", "in the evening", "before the meeting", "after the show",
    "if it starts to rain", "when the kids are asleep", "next Monday", "during the week",
    "once the guests arrive", "before you leave", "at the end of the month", "when I am at work",
    "if nobody is at home", "after midnight", "as soon as you can", "on the way to work",
    "if I fall asleep", "while I am cooking", "at the weekend", "before sunrise",
)  # fmt: skip
"""Times and conditions; each may stand before an order or behind it."""
SITUATIONS = (
    "it's cold in here", "I'm about to leave", "I just got home", "my hands are full",
    "I can't sleep", "the guests are coming soon", "I'm really tired", "it's getting late",
    "I'm in a hurry", "the baby is asleep", "I can't find my glasses", "my phone is almost empty",
    "the room is too dark", "it has been a long day", "I'm on the train", "we are out of time",
    "my meeting starts in a minute", "I have a headache", "it's my birthday", "I'm driving",
    "I lost my keys", "the oven is hot", "I'm bored", "there is nobody at home",
    "my car broke down", "I'm not feeling well", "the music is too loud", "I forgot my password",
)  # fmt: skip
"""Statements that may stand before an order."""
PEOPLE = (
    "my sister", "mum", "Peter", "the neighbours", "my boss", "Julia", "our landlord", "Dmitri",
    "the class", "Fatima", "grandpa", "my friends", "Mrs. Berg", "Leo", "the driver", "everyone",
)  # fmt: skip
ASKED = (
    "if the shop is still open", "whether the concert was good", "where the spare key is",
    "when the bus leaves", "if they need a lift", "who is cooking on Sunday", "how the exam went",
    "whether the letter has arrived", "what the doctor said", "if I may bring a friend",
    "how long the repair takes", "why the heating is off", "which wine goes with the fish",
)  # fmt: skip
"""Somebody who is told a statement, or asked a question."""
TOLD: dict[str, tuple[str, ...]] = {
    "tell {}": ("tell {}", "let {} know"),
    "let {} know": ("let {} know", "tell {}"),
    "text {}": ("text {}", "send {} a text"),
    "message {}": ("message {}", "send {} a message"),
    "write to {}": ("write to {}",),
    "remind {}": ("remind {}",),
}
"""An order to tell somebody something, in the words of a source → in those of a target."""
TIMED = re.compile(
    r"\b(?:at|on|in|after|before|when|while|if|every|next|today|tonight|tomorrow|now|day|week|month|"
    r"morning|evening|afternoon|night|once|until|till|and|or|[ap]m|\d+)\b",
    re.I,
)
"""Words of an order that says when, or has two parts itself."""
LONGEST = 9
"""Words of an order that takes part."""
EACH = 600
"""Compositions of one kind."""

Orders = tuple[str, str]
"""Two wordings of one order, without openings and signs."""


def compositions(candidates: Sequence[Candidate], draw: random.Random) -> Iterator[Candidate]:
    """Compose pairs from `candidates`: EACH of every kind, as far as there are orders and statements."""
    orders = [(candidate, parts) for candidate in candidates if (parts := _orders(candidate))]
    for compose in (_led, _forbidden, _advised, _situated):
        for candidate, parts in draw.sample(orders, min(EACH, len(orders))):
            source, target = compose(parts, draw)
            yield replace(candidate, source=_sentence(source), target=_sentence(target))
    told = [
        candidate
        for candidate in candidates
        if act(candidate.source, "en") == act(candidate.target, "en") == Act.STATEMENT
    ]
    for candidate in draw.sample(told, min(EACH, len(told))):
        opening = draw.choice(OPENINGS_EN[Act.STATEMENT])
        yield replace(candidate, target=f"{opening} {_inner(candidate.target)}")
    for candidate, _ in draw.sample(orders, min(EACH, len(orders))):
        source, target = map(_sentence, _reported(draw))
        yield replace(candidate, source=source, target=target, origin="samovar")


def _orders(candidate: Candidate) -> Orders | None:
    first, second = (_order(text) for text in (candidate.source, candidate.target))
    return (first, second) if first and second else None


def _order(text: str) -> str | None:
    said = _inner(message(text, "en").strip().rstrip(".?! ").removesuffix(" please"))
    plain = act(text, "en") == Act.COMMAND and 2 <= len(said.split()) <= LONGEST
    return said if plain and not TIMED.search(said) and ordered(said) else None


def _led(parts: Orders, draw: random.Random) -> tuple[str, str]:
    """Compose a time or condition and an order; it moves, or the order gets an opening."""
    lead = draw.choice(LEADS)
    order, other = draw.sample(parts, 2)
    begun = draw.choice(OPENINGS_EN[Act.COMMAND])
    asked, sign = _behind(begun, other), _sign(begun)
    before = draw.random() < 0.7
    source = f"{lead}, {order}" if before else f"{order} {lead}"
    targets = (f"{asked} {lead}{sign}", f"{lead}, {_inner(asked)}{sign}", f"{other} {lead}")
    return source, draw.choice(targets)


def _forbidden(parts: Orders, draw: random.Random) -> tuple[str, str]:
    """Compose an order not to do something."""
    order, other = draw.sample(parts, 2)
    lead = f" {draw.choice(LEADS)}" if draw.random() < 0.3 else ""
    begun = draw.choice(("don't", "please don't", "do not", "you shouldn't", "I don't want you to"))
    return f"{begun} {order}{lead}", f"{draw.choice(NEGATIVES_EN[Act.COMMAND])} {other}{lead}"


def _advised(parts: Orders, draw: random.Random) -> tuple[str, str]:
    """Compose advice, mostly with a time or condition."""
    order, other = draw.sample(parts, 2)
    table = NEGATIVES_EN if draw.random() < 0.3 else OPENINGS_EN
    first, second = draw.sample(table[Act.ADVICE], 2)
    lead = draw.choice(LEADS)
    advice = f"{first} {order}"
    source = draw.choice((f"{lead}, {_inner(advice)}", f"{advice} {lead}"))
    told = f"{second} {other}"
    return source, draw.choice((f"{told} {lead}", f"{lead}, {_inner(told)}"))


def _situated(parts: Orders, draw: random.Random) -> tuple[str, str]:
    """Compose a statement and an order behind it."""
    said = draw.choice(SITUATIONS)
    order, other = draw.sample(parts, 2)
    joint = draw.choice((", ", ". ", ", so "))
    source = f"{said}{joint}{_sentence(order) if joint == '. ' else order}"
    begun = draw.choice(OPENINGS_EN[Act.COMMAND])
    return source, f"{said}, {_inner(_behind(begun, other))}{_sign(begun)}"


def _reported(draw: random.Random) -> tuple[str, str]:
    """Compose an order to tell somebody a statement, or to ask somebody a question."""
    person, begun = draw.choice(PEOPLE), draw.choice(OPENINGS_EN[Act.COMMAND])
    if draw.random() < 0.4:
        asked = f"ask {person} {draw.choice(ASKED)}"
        swapped = asked.replace(" if ", " whether ") if draw.random() < 0.5 else asked
        return asked, f"{_behind(begun, swapped)}{_sign(begun)}"
    way, said = draw.choice(list(TOLD)), draw.choice(SITUATIONS)
    other = draw.choice(TOLD[way]).format(person)
    joint = " that" if draw.random() < 0.5 else ""
    order = f"{way.format(person)}{joint} {said}"
    return order, f"{_behind(begun, f'{other} that {said}')}{_sign(begun)}"


def _behind(opening: str, order: str) -> str:
    return f"{opening} {gerund(order) if opening == GERUND else order}"


def _sign(opening: str) -> str:
    return "?" if POLITE.search(opening) else "."


def _inner(text: str) -> str:
    """Return `text` as it stands inside a sentence."""
    return text if re.match(r"I\b", text) else text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
