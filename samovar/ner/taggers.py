"""The table of taggers: a further one is a further row."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from samovar import catalog
from samovar.models.base import Tagger
from samovar.models.shelf import shelf
from samovar.ner import labels
from samovar.ner.labels import Conversion
from samovar.ner.llm import LlmTagger
from samovar.phrases import Language, Phrase

Stop = threading.Event | None


@dataclass(frozen=True, slots=True)
class Row:
    """Describe one tagger."""

    title: Phrase
    model: Callable[[], catalog.Model]
    """The catalog's row of its weights; asking does not load them."""
    make: Callable[[Stop], Tagger]
    conversion: Conversion
    """Its own labels → those of the page; it is compared by the shared ones among these."""
    engine: Callable[[], str]

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that its model is good for."""
        return self.model().languages

    @property
    def shared(self) -> frozenset[str]:
        """Return the labels that it can be compared by."""
        return frozenset(self.conversion.values()) & frozenset(labels.NAMES)


LOADING = threading.RLock()


def tagger(name: str, stop: Stop = None) -> Tagger:
    """Return the tagger of row `name`, loading its weights on first use.

    Raises:
        ModelError: its weights are missing or altered.
    """
    with LOADING:
        return TAGGERS[name].make(stop)


def defaults(language: Language) -> list[str]:
    """Return the taggers whose models are good for `language`, in the table's order."""
    return [name for name, row in TAGGERS.items() if language in row.languages]


def _spacy(stop: Stop) -> Tagger:
    return _loaded_spacy()


def _natasha(stop: Stop) -> Tagger:
    return _loaded_natasha()


def _llm(stop: Stop) -> Tagger:
    return LlmTagger(shelf().chat(), stop=stop)


@cache
def _loaded_spacy() -> Tagger:
    from samovar.models.spacy_tagger import SpacyTagger

    return SpacyTagger(catalog.model("en-core-web-sm"), shelf().settings)


@cache
def _loaded_natasha() -> Tagger:
    from samovar.models.natasha_tagger import NatashaTagger

    return NatashaTagger(catalog.model("natasha"), shelf().settings)


TAGGERS: Mapping[str, Row] = {
    "spacy": Row(
        Phrase("spaCy", "spaCy"),
        lambda: catalog.model("en-core-web-sm"),
        _spacy,
        labels.SPACY,
        lambda: "spacy",
    ),
    "natasha": Row(
        Phrase("Natasha", "Natasha"),
        lambda: catalog.model("natasha"),
        _natasha,
        labels.NATASHA,
        lambda: "natasha",
    ),
    "llm": Row(
        Phrase("Chat model", "Чат-модель"),
        lambda: shelf().choice("chat").model,
        _llm,
        labels.MODEL,
        lambda: shelf().choice("chat").engine,
    ),
}
"""Fast ones first: results appear in this order."""
