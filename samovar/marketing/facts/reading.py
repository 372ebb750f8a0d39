"""Read texts and product sheets once: sentences with lemmas, stems and quantities, for every check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.conditions import Condition, conditions
from samovar.marketing.facts.quantity import Quantity, quantities, same
from samovar.marketing.facts.sentence import Sentence as Sentence
from samovar.marketing.facts.words import ABBREVIATED, STOP, family, sentences
from samovar.models.base import Parser
from samovar.morphology import flat
from samovar.phrases import Language
from samovar.records import Token

WITHOUT = re.compile(r"(?:without|excluding|except|без|кроме)\b", re.IGNORECASE)
"""Beginnings of a condition that says what is not there."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold one fact of a sheet: its sentence, or a clause of its price, with the conditions."""

    sentence: Sentence
    conditions: tuple[Condition, ...]
    price: bool = False


@dataclass(frozen=True)
class Sheet:
    """Hold a product sheet as it was read."""

    brief: Brief
    language: Language
    facts: tuple[Fact, ...]
    names: frozenset[str]
    """Stems of the product's name."""
    others: tuple[Sentence, ...]
    """Name, category and audience: no facts, but words that may be used."""
    forbidden: tuple[Sentence, ...] = ()

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the stems of everything that may be said."""
        said = (*(fact.sentence for fact in self.facts), *self.others)
        return self.names.union(*(one.known for one in said))

    @cached_property
    def quantities(self) -> tuple[tuple[Fact, Quantity], ...]:
        """Return every quantity with its fact."""
        told = (*self.facts, *(Fact(one, ()) for one in self.others[1:]))
        return tuple((fact, q) for fact in told for q in fact.sentence.quantities)

    @cached_property
    def contradictions(self) -> tuple[tuple[Fact, Fact], ...]:
        """Return the pairs of facts that give one property two values: "Weighs 350 g", "Weighs 400 g"."""
        single = [fact for fact in self.facts if len(fact.sentence.quantities) == 1]
        return tuple(
            (one, other) for one, other in combinations(single, 2) if _contradict(one, other)
        )


def _contradict(one: Fact, other: Fact) -> bool:
    """Tell whether two facts have the same words and the same unit, but not the same value."""
    (left,), (right,) = one.sentence.quantities, other.sentence.quantities
    words, others = one.sentence.around(), other.sentence.around()
    return (
        left.unit == right.unit
        and (left.bound, left.noun) == (right.bound, right.noun)
        and not same(left, right)
        and _left_out(one) == _left_out(other)
        and (bool(words) or (one.price and other.price))
        and all(any(family(word, each) for each in others) for word in words)
        and all(any(family(word, each) for each in words) for word in others)
    )


def _left_out(fact: Fact) -> frozenset[str]:
    """Return the stems of what the fact holds without: «6 490 ₽ без визора, 7 900 ₽ с визором»."""
    left_out = (each for each in fact.conditions if WITHOUT.match(each.words))
    return frozenset(stem for each in left_out for stem in each.stems)


class Reader:
    """Read sentences of one language with its parser."""

    def __init__(self, parser: Parser, language: Language) -> None:
        """Keep the parser; nothing is loaded."""
        import Stemmer  # its objects are not safe to share between threads

        self._parser = parser
        self._language = language
        self._stem: Any = Stemmer.Stemmer("russian" if language == "ru" else "english").stemWord

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """Return the sentences of `text`."""
        return self._read(sentences(text))

    def sheet(self, brief: Brief) -> Sheet:
        """Return the facts of `brief`."""
        plain = [part for part in (*brief.facts, *brief.benefits) if part]
        clauses = _clauses(brief.price)
        facts = [
            Fact(one, conditions(one, self._language, price=False)) for one in self._read(plain)
        ]
        prices = [
            Fact(one, conditions(one, self._language, price=True), True)
            for one in self._read(clauses)
        ]
        rest = [
            part for part in (brief.name, brief.category.replace("-", " "), brief.audience) if part
        ]
        others = self._read(rest)
        names = frozenset(self.stems(brief.name))
        return Sheet(
            *(brief, self._language, (*facts, *prices), names, others),
            self._read([claim for claim in brief.forbidden if claim]),
        )

    def stems(self, text: str) -> tuple[str, ...]:
        """Return the stems of the words of `text` that say something."""
        return tuple(stem for one in self._read([text]) for stem in one.stems if stem)

    def _read(self, parts: Sequence[str]) -> tuple[Sentence, ...]:
        read = []
        for part, tokens in zip(parts, self._parser.parse(parts), strict=True):
            stems = tuple(self._stemmed(token) for token in tokens)
            found = tuple(quantities(part, self._language))
            read.append(Sentence(part, tokens, stems, found))
        return tuple(read)

    def _stemmed(self, token: Token) -> str:
        word = ABBREVIATED.get(token.lower, flat(token.lemma))
        if not any(char.isalpha() for char in word) or word in STOP or token.lower in STOP:
            return ""
        return str(self._stem(word))


def _clauses(price: str) -> list[str]:
    """Return the parts of a price that have a number each; a part without one stays with the last.

    >>> _clauses("EUR 12 per month, EUR 9 for the first 6 months, excluding VAT")
    ['EUR 12 per month', 'EUR 9 for the first 6 months, excluding VAT']
    """
    parts: list[str] = []
    for part in price.replace(" plus ", " ").split(", "):
        if parts and not any(char.isdigit() for char in part):
            parts[-1] += f", {part}"
        elif part:
            parts.append(part)
    return parts
