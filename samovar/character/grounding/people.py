"""Put a name for a pronoun: «А что он там разбил?» behind a talk about Wilson asks what Wilson broke.

A question that names whom it means is found among facts by itself; one with a pronoun leans on the talk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samovar.character.grounding.facts import FETCH
from samovar.errors import StoreError
from samovar.phrases import Language, Phrase
from samovar.records import Turn

Kind = Literal["man", "woman", "thing", "group"]
Case = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
FILE = "people.jsonl"
LAST = 4
"""Turns of the talk among which a pronoun's name is looked for."""
ENGLISH: Mapping[str, tuple[frozenset[Kind], str]] = {
    "he": (frozenset({"man"}), ""),
    "him": (frozenset({"man"}), ""),
    "his": (frozenset({"man"}), "'s"),
    "she": (frozenset({"woman"}), ""),
    "her": (frozenset({"woman"}), ""),
    "hers": (frozenset({"woman"}), "'s"),
    "it": (frozenset({"thing"}), ""),
    "its": (frozenset({"thing"}), "'s"),
    "they": (frozenset({"group"}), ""),
    "them": (frozenset({"group"}), ""),
    "their": (frozenset({"group"}), "'s"),
}
"""Pronoun → whom it may mean, and what follows the name."""
RUSSIAN: Mapping[str, tuple[str, Case]] = {
    "он": ("m", "nominative"),
    "его": ("m", "genitive"),
    "него": ("m", "genitive"),
    "ему": ("m", "dative"),
    "нему": ("m", "dative"),
    "им": ("m", "instrumental"),
    "ним": ("m", "instrumental"),
    "нём": ("m", "prepositional"),
    "нем": ("m", "prepositional"),
    "она": ("f", "nominative"),
    "её": ("f", "genitive"),
    "ее": ("f", "genitive"),
    "неё": ("f", "genitive"),
    "нее": ("f", "genitive"),
    "ей": ("f", "dative"),
    "ней": ("f", "prepositional"),
    "нею": ("f", "instrumental"),
    "они": ("p", "nominative"),
    "их": ("p", "genitive"),
    "них": ("p", "genitive"),
    "ними": ("p", "instrumental"),
}
"""Pronoun → gender or number, and case."""
GENDERS: Mapping[Kind, str] = {"man": "m", "woman": "f", "group": "p", "thing": "n"}
"""Kind → Russian gender, where a line names no other."""
ENDING = re.compile(r"[аеёийоуыьэюя]$")
WORD = re.compile(r"[^\W\d_]+")
UNREADABLE = Phrase("The people in {path} cannot be read: {why}.", "{path} не читается: {why}.")


@dataclass(frozen=True, slots=True)
class Person:
    """Hold who or what the facts name, and how a pronoun would mean it."""

    id: str
    kind: Kind
    gender: str
    """Russian: m, f, n, or p of several."""
    en: str
    ru: Mapping[Case, str]
    pattern: re.Pattern[str]
    """Matches every form of the name."""


@dataclass(frozen=True, slots=True)
class People:
    """Find whom the pronouns of a message mean."""

    known: tuple[Person, ...] = ()

    def resolved(self, message: str, history: Sequence[Turn], language: Language) -> str:
        """Return `message` with names for its pronouns where the talk before it names anybody fitting."""
        named = list(self._named(message, history))

        def name(found: re.Match[str]) -> str:
            word = found.group().lower()
            return _said(word, named, language) or found.group()

        return WORD.sub(name, message) if named else message

    def _named(self, message: str, history: Sequence[Turn]) -> Iterator[Person]:
        """Yield who is named in the last turns, the latest first; not whom the message names itself."""
        for turn in reversed(history[-LAST:]):
            found = [
                (hit.start(), one)
                for one in self.known
                for hit in one.pattern.finditer(turn.text)
                if not one.pattern.search(message)
            ]
            for _, one in sorted(found, key=lambda pair: -pair[0]):
                yield one


def _said(word: str, named: Sequence[Person], language: Language) -> str:
    """Return the name that `word` stands for; empty: it is no pronoun, or nobody fits."""
    if language == "en":
        kinds, ending = ENGLISH.get(word, (frozenset(), ""))
        return next((one.en + ending for one in named if one.kind in kinds), "")
    if word not in RUSSIAN:
        return ""
    gender, case = RUSSIAN[word]
    return next((one.ru[case] for one in named if one.gender == gender), "")


def read_people(path: Path) -> People:
    """Return whom a character's facts name; nobody where the file is not there.

    Raises:
        StoreError: the file is damaged.
    """
    if not path.is_file():
        return People()
    try:
        with path.open(encoding="utf-8") as source:
            rows = [json.loads(line) for line in source if line.strip()]
        return People(
            tuple(
                Person(
                    *(row["id"], row["kind"], row.get("gender") or GENDERS[row["kind"]]),
                    *(row["en"], row["ru"], _pattern(row["names"])),
                )
                for row in rows
            )
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(UNREADABLE, FETCH, path=path, why=error) from error


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Return what matches each of `names`, Russian ones in every case."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(_form, longest))})\b", re.IGNORECASE)


def _form(name: str) -> str:
    if name.isascii():
        return re.escape(name)
    words = name.split()
    return r"\s+".join(
        re.escape(ENDING.sub("", word)) + r"\w{0,3}" if len(word) > 3 else re.escape(word) + r"\w?"
        for word in words
    )
