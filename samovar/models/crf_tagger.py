"""Named entities by a conditional random field trained here (training/crf.py)."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from samovar.catalog import Model
from samovar.models import tagger_folder
from samovar.models.tagger_folder import ABOUT as ABOUT
from samovar.models.tagger_folder import CARD as CARD
from samovar.models.tagger_folder import PROTOCOL as PROTOCOL
from samovar.models.word_features import rows
from samovar.models.words import sentences, spans
from samovar.records import Markup, Span
from samovar.settings import Settings

WEIGHTS = "model.crfsuite"


class CrfTagger:
    """Tag sentence by sentence; several threads may call it, one sentence is tagged at a time."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Open the weights in `assets/taggers`, 20 ms.

        Raises:
            ModelError: they are missing or damaged.
        """
        import pycrfsuite

        path = tagger_folder.file(model, settings, WEIGHTS)
        self._tagger: Any = pycrfsuite.Tagger()
        try:
            self._tagger.open(str(path))
        except ValueError as error:
            raise tagger_folder.damaged(model, WEIGHTS) from error
        self._turn = threading.Lock()
        self._language = model.languages[0]
        self.model = model

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "crf"

    def tag(self, texts: Sequence[str], language: str) -> list[Markup]:
        """Return the spans (PER, LOC, ORG, MISC) of each text; `language` is not looked at."""
        return [self._tag(text) for text in texts]

    def _tag(self, text: str) -> Markup:
        began = time.perf_counter()
        found: list[Span] = []
        for words in sentences(text):
            features = rows(words, self._language)
            with self._turn:
                tags = self._tagger.tag(features)
            found += spans(text, words, tags)
        return Markup(tuple(found), (time.perf_counter() - began) * 1000)
