"""What the clients say: conversations whose turns carry a word that no other conversation has.

A model is told a code word and must write it in its last turn, which a JSON schema sees to. A character
is asked about the series first, where the same question must always find the same facts, and is told the
word as the visitor's name afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

CHARACTERS = ("house", "data")
ONSETS, VOWELS = "bdfghjklmnprstvz", "aeiou"
SPREAD = 196_613
"""Step between the words of two conversations, prime to their number: neighbours share no syllable, so that a
word misspelt is not another one's."""
SYLLABLES = tuple("".join(pair) for pair in product(ONSETS, VOWELS))
SUBJECTS = (
    "a lighthouse",
    "a baker",
    "two sisters and a bridge",
    "a postman",
    "an old apple tree",
    "a train that is late",
    "a violin",
    "an island of sheep",
)
QUESTIONS = {
    "house": (
        "Do you take Vicodin?",
        "Why do you limp?",
        "Who is Wilson?",
        "Do you play the piano?",
        "How did Kutner die?",
        "Who is your boss?",
        "What do you think of your patients?",
        "Which motorcycle do you ride?",
    ),
    "data": (
        "Who built you?",
        "Do you have a brother?",
        "What is the name of your cat?",
        "Do you play an instrument?",
        "What is an emotion chip?",
        "Who is your captain?",
        "Are you fully functional?",
        "Who is Lal?",
    ),
}
"""One conversation begins with each; those of the other character count from its own."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold what one turn says and what its answer must hold."""

    text: str
    schema: dict[str, Any] | None = None
    """Of the answer; it makes the model write the word."""
    opening: str = ""
    """The question of a character's first turn, which always finds the same facts."""


def marker(number: int) -> str:
    """Return the word of conversation `number`, of six letters; no other has it.

    >>> marker(0), marker(1), marker(2)
    ('Bababa', 'Karipo', 'Selaje')
    """
    size = len(SYLLABLES)
    place = number * SPREAD % size**3
    parts = (place // size**2, place // size % size, place % size)
    return "".join(SYLLABLES[part] for part in parts).capitalize()


def conversation(model: str, client: int, word: str) -> Iterator[Turn]:
    """Yield the turns of one conversation."""
    if model in CHARACTERS:
        asked = QUESTIONS[model]
        question = asked[client % len(asked)]
        yield Turn(question, opening=question)
        yield Turn(f"My name is {word}. And why?")
        yield Turn(f"Tell {word} something about your friends.")
        yield Turn("What did I say my name is?")
        return
    subject = SUBJECTS[client % len(SUBJECTS)]
    yield Turn(f"The code word is {word}. Say it, then tell a short story about {subject}.")
    yield Turn("Go on with the story.")
    yield Turn("How does it end?")
    yield Turn(f"Write the code word {word} and one sentence about {subject}.", _writes(word))


def _writes(word: str) -> dict[str, Any]:
    fields = {"word": {"enum": [word]}, "sentence": {"type": "string", "maxLength": 120}}
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
