"""Named entities in Russian by Natasha: Slovnet NER over Navec vectors, without morphology.

The two archives lie inside the package `natasha`, which is not imported: its morphology would
need pkg_resources, and NER does not need morphology.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from navec import Navec
from slovnet import NER

from samovar.catalog import Model
from samovar.models.files import weights
from samovar.phrases import Language
from samovar.records import Markup, Span
from samovar.settings import Settings


class NatashaTagger:
    """Tag with one network in numpy; it is only read, so that threads need not wait."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load network and vectors, 1.5 s.

        Raises:
            ModelError: the package is missing or altered.
        """
        del settings  # every engine is made alike
        network, vectors = weights.find(model)
        self._network = recogniser(network, vectors)
        self.model = model

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "natasha"

    def tag(self, texts: Sequence[str], language: Language) -> list[Markup]:
        """Return the spans (PER, LOC, ORG) of each text; `language` is not looked at."""
        return [self._tag(text) for text in texts]

    def _tag(self, text: str) -> Markup:
        if not text.strip():  # Slovnet fails on a text without words
            return Markup((), 0.0)
        began = time.perf_counter()
        names = self._network(text).spans
        spans = tuple(Span(s.start, s.stop, s.type, text[s.start : s.stop]) for s in names)
        return Markup(spans, (time.perf_counter() - began) * 1000)


@cache
def word_vectors(path: Path) -> Navec:
    """Return the word vectors, loaded once in this process."""
    return Navec.load(str(path))


@cache
def recogniser(network: Path, vectors: Path) -> NER:
    """Return the network of names over its vectors, loaded once in this process."""
    return NER.load(str(network)).navec(word_vectors(vectors))
