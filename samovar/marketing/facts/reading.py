"""Read texts and product sheets once: sentences with lemmas, stems and quantities, for every check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from samovar.marketing.facts.brief import Brief
from samovar.marketing.facts.conditions import Condition, conditions
from samovar.marketing.facts.quantity import Quantity, quantities
from samovar.marketing.facts.sentence import Sentence as Sentence
from samovar.marketing.facts.words import STOP, sentences
from samovar.models.base import Parser
from samovar.morphology import flat
from samovar.phrases import Language
from samovar.records import Token


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
        word = flat(token.lemma)
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
