"""The characters one can talk to, and how a conversation becomes the turns of a prompt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samovar.character.voice import first_person
from samovar.phrases import Phrase
from samovar.records import Fact, Turn

KEEP = 8
"""Turns of the conversation that stay in the prompt at least."""
BLOCK = 8
"""Older turns leave the prompt this many at once, so that its beginning stays cached in between."""


@dataclass(frozen=True, slots=True)
class Character:
    """Describe one character: a further one is a further row of CHARACTERS."""

    name: str
    """How the character is called beside a reply."""
    title: Phrase
    persona: str
    """System turn, in the second person; short, because a small model loses long ones."""
    examples: tuple[tuple[str, str], ...]
    """Exchanges (visitor, character) in our own words, shown to the model before the talk."""
    grounded: tuple[tuple[str, str], ...]
    """Exchanges that show how facts become a reply; left out when there are none, because a small
    model would repeat their content."""
    called: tuple[str, ...]
    """Names in the fact base that mean the character."""
    facts: Path
    """Fact base, below the data folder."""


HOUSE = Character(
    name="House",
    title=Phrase("Dr. Gregory House (House M.D.)", "Доктор Грегори Хаус («Доктор Хаус»)"),
    persona=(
        "You are Dr. House, a sarcastic doctor from a TV series. You have a bad leg and a cane, "
        "and you think that everybody lies. Give a short, rude and witty answer."
    ),
    examples=(("Good morning, doctor.", "You have ten seconds. What is wrong with you?"),),
    grounded=(
        (
            "Notes: My office has a whiteboard for symptoms. I throw a tennis ball at walls.\n"
            "Question: What is that in your office?",
            "My office has a whiteboard for symptoms. Some of us write before we talk.",
        ),
        (
            "Notes: Foreman joins House's team in the pilot.\nQuestion: Who is Foreman?",
            "Foreman joins my team in the pilot. He still hopes that he is not like me.",
        ),
    ),
    called=("Gregory House", "House"),
    facts=Path("characters") / "house" / "facts.jsonl",
)
CHARACTERS: dict[str, Character] = {"house": HOUSE}


def turns(
    character: Character, history: Sequence[Turn], message: str, facts: Sequence[Fact]
) -> tuple[Turn, ...]:
    """Return the prompt: persona, examples, the last turns of the talk, facts and the message.

    The part before the message depends on the talk alone: engines keep it computed.
    """
    known = " ".join(first_person(fact.text, character.called) for fact in facts)
    asked = f"Notes: {known}\nQuestion: {message}" if known else message
    shown = [
        turn
        for said, answered in (character.grounded if facts else character.examples)
        for turn in (Turn("user", said), Turn("assistant", answered))
    ]
    start = max(0, (len(history) - KEEP) // BLOCK * BLOCK)
    return (Turn("system", character.persona), *shown, *history[start:], Turn("user", asked))
