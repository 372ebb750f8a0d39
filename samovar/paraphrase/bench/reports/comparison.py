"""What a bot understood of a variant, held against the original and against the suite."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from samovar.paraphrase.bench.bots.base import Reply, Value
from samovar.paraphrase.nlu.intent_file import Example
from samovar.phrases import Phrase

Verdict = Literal["same", "intent", "slots", "words", "unanswered", "no variants"]
FLIPS: tuple[Verdict, ...] = ("intent", "slots", "words")
"""Of a variant, measured by the reply to its original."""
NO_INTENT = Phrase("no intent", "нет намерения")
NO_SLOTS = Phrase("no slots", "нет слотов")


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold what became of one text that was to be asked."""

    example: Example
    """The original in the suite."""
    text: str
    """The original itself, a variant, or "" where none could be made."""
    verdict: Verdict
    """Of an original "same" or "unanswered"."""
    gold: Verdict | None = None
    """The same measured by what the suite says; None where the bot tells no intent."""
    reply: Reply | None = None
    expected: Reply | None = None
    """The bot's reply to the original; None where `text` is the original."""
    problem: Phrase | None = None
    """Why there is no reply, or no variant."""

    @property
    def flips(self) -> bool:
        """Tell whether the bot understands the variant otherwise than its original."""
        return self.verdict in FLIPS

    @property
    def misses(self) -> bool:
        """Tell whether the bot understands the text otherwise than the suite says."""
        return self.gold in FLIPS

    @property
    def original(self) -> bool:
        """Tell whether the text is the suite's own."""
        return self.text == self.example.text


def compared(expected: Reply, reply: Reply) -> Verdict:
    """Return what differs between two replies of a bot: words, intent or slots.

    Slots are held against each other where both tell them: name, role and value, in any order, in
    small letters.
    """
    if expected.intent is None or reply.intent is None:
        return "same" if expected.said == reply.said else "words"
    if expected.intent != reply.intent:
        return "intent"
    if expected.slots is None or reply.slots is None:
        return "same"
    return "same" if _counted(expected.slots) == _counted(reply.slots) else "slots"


def against_suite(example: Example, reply: Reply) -> Verdict | None:
    """Return what differs from the suite's intent and, where it marks any, from its slots."""
    if reply.intent is None:
        return None
    slots = tuple(Value(one.label, one.value or one.text, one.role) for one in example.slots)
    return compared(Reply(example.intent, slots or None), reply)


def _counted(slots: tuple[Value, ...]) -> Counter[tuple[str, str, str]]:
    return Counter((slot.name, slot.role, slot.text.casefold()) for slot in slots)


def described(reply: Reply, verdict: Verdict | None) -> Phrase:
    """Return the part of a reply that `verdict` is about, for a report."""
    if reply.intent is None:
        return Phrase(reply.said, reply.said)
    if verdict != "slots":
        return Phrase(reply.intent, reply.intent) if reply.intent else NO_INTENT
    names = ", ".join(
        f"{slot.name}{f' ({slot.role})' if slot.role else ''}={slot.text}"
        for slot in reply.slots or ()
    )
    return Phrase(names, names) if names else NO_SLOTS
