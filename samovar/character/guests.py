"""Characters that visitors bring as a card, and our own ones written as a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samovar.character.cards.imported import Imported, imported
from samovar.character.cards.sheet import Book, Entry, Sheet, sheet
from samovar.character.persona import Character, Example
from samovar.phrases import Language, Phrase
from samovar.records import Fact


@dataclass(frozen=True, slots=True)
class Guest:
    """Hold a visitor's character and what the import says of it."""

    character: Character
    greetings: tuple[str, ...]
    """The first one is the character's own; the others can be chosen instead."""
    notes: tuple[Phrase, ...]
    tags: tuple[str, ...]
    creator: str


def guest(card: object) -> Guest:
    """Return the character of `card`, the JSON value of a Tavern card.

    Raises:
        InputError: it is no card, or a field breaks a rule.
    """
    return _guest(imported(sheet(card)))


def written(character: Character, facts: Sequence[Fact], language: Language) -> Sheet:
    """Return one of our characters, with its fact base, as the sheet of a card in `language`."""
    shown = [one for one in character.examples if one.language == language and not one.notes]
    blocks = [f"<START>\n{{{{user}}}}: {one.message}\n{{{{char}}}}: {one.reply}\n" for one in shown]
    entries = [Entry((fact.topic,), fact.said(language)) for fact in facts]
    return Sheet(
        name=character.name.say(language),
        description=character.persona.say(language),
        first_mes=character.greeting.say(language),
        mes_example="".join(blocks),
        character_book=Book(tuple(entries)),
        tags=("samovar",),
        creator="Samovar",
    )


def _guest(card: Imported) -> Guest:
    def said(text: str) -> Phrase:
        return Phrase(text, text)

    character = Character(
        slug="",
        name=said(card.name),
        title=said(card.name),
        persona=said(card.persona),
        greeting=said(card.greetings[0] if card.greetings else ""),
        examples=tuple(Example(card.language, *pair) for pair in card.examples),
        facts=card.facts,
        languages=(card.language,),
        called=(card.name,),
        cast=("Visitor", "Гость"),
    )
    return Guest(character, card.greetings, card.notes, card.tags, card.creator)
