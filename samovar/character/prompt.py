"""How a conversation becomes the turns of a prompt; training, evaluation and serving use this file."""

from __future__ import annotations

from collections.abc import Sequence

from samovar.character.grounding.voice import first_person
from samovar.character.persona import Character, Example
from samovar.phrases import Language, Phrase
from samovar.records import Fact, Turn

KEEP = 8
"""Turns of the conversation that stay in the prompt at least."""
BLOCK = 8
"""Older turns leave the prompt this many at once, so that its beginning stays cached in between."""
ASKED = Phrase("Notes: {notes}\nQuestion: {message}", "Заметки: {notes}\nВопрос: {message}")
WRONG = Phrase("Beware, the truth is: {fact}", "Осторожно, на самом деле так: {fact}")
STOPS = ("\n\n", "Question:", "Notes:", "Вопрос:", "Заметки:")
"""Where a reply ends: the model begins to write the next prompt."""


def turns(
    character: Character,
    history: Sequence[Turn],
    message: str,
    language: Language,
    facts: Sequence[Fact] = (),
    corrected: Fact | None = None,
) -> tuple[Turn, ...]:
    """Return the prompt in `language`: persona, examples, the last turns of the talk, facts, message.

    `corrected` is the fact that the message, or a reply drawn before, has got wrong. The part before
    the message depends on the talk alone: engines keep it computed.
    """
    shown = [
        turn
        for example in character.examples
        if example.language == language and bool(example.notes) == bool(facts)
        for turn in _pair(example)
    ]
    start = max(0, (len(history) - KEEP) // BLOCK * BLOCK)
    told = [_note(fact, character, language) for fact in facts if fact != corrected]
    if corrected is not None:
        told.insert(0, WRONG.say(language, fact=_note(corrected, character, language)))
    notes = " ".join(told)
    return (
        Turn("system", character.persona.say(language)),
        *shown,
        *history[start:],
        Turn("user", _asked(message, notes, language)),
    )


def _pair(example: Example) -> tuple[Turn, Turn]:
    asked = _asked(example.message, example.notes, example.language)
    return Turn("user", asked), Turn("assistant", example.reply)


def _asked(message: str, notes: str, language: Language) -> str:
    return ASKED.say(language, notes=notes, message=message) if notes else message


def _note(fact: Fact, character: Character, language: Language) -> str:
    """Return a fact as the character would say it where the language allows to turn it."""
    said = fact.said(language)
    return first_person(said, character.called) if language == "en" else said
