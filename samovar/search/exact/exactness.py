"""What a collection holds of that which a question asks for literally, and how rare it is there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from samovar.morphology import flat
from samovar.search.exact.wanted import Choice, Wanted, wanted
from samovar.search.passages.assembly import titled
from samovar.search.passages.collection import Collection
from samovar.search.passages.words import SHORT, located, terms

MOST = 2000
"""Passages that are read for one thing; what more may hold is not rare."""
ALONE = 0.7
"""What the number alone is worth where another document has it with the word that was typed beside it."""


GAIN = 0.3
"""What a document gains, in spreads of the encoder, that holds all numbers, codes and quotes asked for.

It gains as much again by having all words of the question, if no other document had any. On the
development half of the exact queries 0.3 to 1 were alike; with more, headlines with a number lost
their first place to others with it, and answers to short questions to others with a rare word of them
(docs/LOG.md). A question of more than SHORT words is about more than its number, which counts less then.
"""
KEYWORDS = 2
"""Terms of a question that is a word or two, so that a rare one is what is asked for: articles about Fleming.

In longer ones rare words gained nothing more, and moved the article that answers in the other language.
"""
FEW = 2
"""Documents that may have a rare word."""
MANY = 150
"""Documents for each of them: among fewer, an ordinary word is as rare. On the COVID FAQ with 67 answers,
twelve questions of a word or two fell by it for each that rose.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one thing as typed, with the passages and documents that hold it."""

    said: str
    passages: frozenset[int] = frozenset()
    documents: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Exact:
    """Hold one thing that is asked for: with the word beside it, where some document has both."""

    whole: Place
    alone: Place
    weight: float
    """1 where one document holds it, 0 where many do or none does."""

    def of(self, document: int) -> float:
        """Return what `document` gains by it."""
        if document in self.whole.documents:
            return self.weight
        return ALONE * self.weight if document in self.alone.documents else 0.0

    def at(self, passage: int) -> float:
        """Return the same of one passage."""
        if passage in self.whole.passages:
            return self.weight
        return ALONE * self.weight if passage in self.alone.passages else 0.0

    def said(self, document: int) -> str | None:
        """Return what of it `document` holds, as typed."""
        for place in (self.whole, self.alone):
            if document in place.documents:
                return place.said
        return None


@dataclass(frozen=True, slots=True)
class Exactness:
    """Hold all of it for one question."""

    parts: tuple[Exact, ...] = ()
    """Quoted phrases, numbers and codes."""
    words: tuple[Exact, ...] = ()
    """Words that at most FEW documents have; of a short question also those that none has."""
    length: int = 1
    """Terms of the question."""

    @property
    def documents(self) -> set[int]:
        """Return the documents that hold something rare."""
        rare = [part for part in (*self.parts, *self.words) if part.weight]
        return {at for part in rare for at in part.whole.documents | part.alone.documents}

    @property
    def keywords(self) -> bool:
        """Tell whether the question is a word or two, so that a rare one of them is what is asked for."""
        return self.length <= KEYWORDS

    @property
    def short(self) -> bool:
        """Tell whether the question has so few words that what it asks for literally is its point."""
        return self.length <= SHORT

    def gain(self, document: int) -> float:
        """Return what `document` gains by what it holds, in spreads of the encoder."""
        asked = GAIN * self.asked(document) * min(1.0, SHORT / self.length)
        return asked + (self.rare(document) if self.keywords else 0.0)

    def asked(self, document: int) -> float:
        """Return how much of the phrases, numbers and codes `document` holds, 0 to 1."""
        total = sum(part.weight for part in self.parts)
        return sum(part.of(document) for part in self.parts) / max(total, 1.0)

    def rare(self, document: int) -> float:
        """Return what `document` gains by rare words, in spreads of the encoder."""
        return GAIN * sum(word.of(document) for word in self.words) / self.length

    def passage(self, collection: Collection, document: int, likely: Sequence[int]) -> int:
        """Return the passage of `document` that holds most; of equals the first of `likely`."""
        every = (*self.parts, *self.words)
        held = {at for part in every for at in part.whole.passages | part.alone.passages}
        own = sorted(at for at in held if collection.passages[at].owner == document)
        return max((*likely, *own), key=lambda at: sum(part.at(at) for part in every))

    def held(self, document: int) -> tuple[str, ...]:
        """Return what `document` holds, as typed."""
        said = (part.said(document) for part in self._named)
        return tuple(one for one in said if one is not None)

    def missing(self, document: int) -> tuple[str, ...]:
        """Return what it does not hold; rare words only of a question that is a word or two."""
        named = self._named if self.keywords else self.parts
        return tuple(part.alone.said for part in named if part.said(document) is None)

    @property
    def _named(self) -> tuple[Exact, ...]:
        """Return all parts, and the words that count or are nowhere and stand in no other part."""
        said = {term for part in self.parts for term in terms(part.whole.said)}
        counted = [word for word in self.words if word.weight or not word.whole.documents]
        words = [word for word in counted if not said & set(terms(word.alone.said))]
        return (*self.parts, *words)


def exactness(collection: Collection, question: str) -> Exactness:
    """Return what `collection` holds of that which `question` asks for literally."""
    parts: list[tuple[Wanted, Exact]] = []
    for choice in wanted(question):
        one, found = _chosen(collection, choice)
        if not any(_covers(other, one) for other, _ in parts):
            parts = [part for part in parts if not _covers(one, part[0])]
            parts.append((one, found))
    named = {term: question[start:end] for start, end, term in located(question)}
    places = [_rare(collection, term, said) for term, said in named.items()]
    words = tuple(place for place in places if place is not None)
    return Exactness(tuple(found for _, found in parts), words, max(len(terms(question)), 1))


def _rare(collection: Collection, term: str, said: str) -> Exact | None:
    """Return the documents that have `term`; None where they are many."""
    found = collection.vocabulary.holding(term)
    if not len(found):
        found = collection.vocabulary.alike(flat(said.lower()))
    passages = frozenset(found.tolist())
    documents = frozenset(collection.passages[at].owner for at in passages)
    if len(documents) > FEW:
        return None
    place = Place(said, passages, documents)
    size = len(collection.documents)
    weight = rarity(len(documents), size) if size >= MANY * len(documents) else 0.0
    return Exact(place, place, weight)


def _chosen(collection: Collection, choice: Choice) -> tuple[Wanted, Exact]:
    """Return the first way to read a thing that some passage holds; the last one where none does."""
    last = _place(collection, choice[-1])
    for one in choice:
        place = last if one is choice[-1] else _place(collection, one)
        if place.documents:
            break
    weight = rarity(len(place.documents | last.documents), len(collection.documents))
    return one, Exact(place, last, weight)


def _place(collection: Collection, one: Wanted) -> Place:
    candidates = collection.vocabulary.candidates([atom.form for atom in one.atoms])
    if len(candidates) > MOST:
        return Place(one.said)
    passages = [at for at in candidates.tolist() if one.spans(_text(collection, at))]
    documents = frozenset(collection.passages[at].owner for at in passages)
    return Place(one.said, frozenset(passages), documents)


def _text(collection: Collection, at: int) -> str:
    passage = collection.passages[at]
    return titled(collection.documents[passage.owner].title, passage.text)


def _covers(one: Wanted, other: Wanted) -> bool:
    return {atom.start for atom in other.atoms} <= {atom.start for atom in one.atoms}


def rarity(documents: int, all_documents: int) -> float:
    """Return 1 for what one document of several holds, less for what more hold.

    What more than the square root of all documents hold counts nothing: COVID-19 in answers about COVID-19.

    >>> rarity(1, 100), rarity(10, 100), rarity(11, 100)
    (1.0, 0.5, 0.0)
    """
    if not documents or all_documents < 2 or documents > max(FEW, math.sqrt(all_documents)):
        return 0.0
    return math.log(all_documents / documents) / math.log(all_documents)
