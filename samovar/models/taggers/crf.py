"""Named entities by a conditional random field trained here (training/crf.py)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from samovar.catalog import Model
from samovar.models.files import tagger_folder
from samovar.models.files.tagger_folder import ABOUT as ABOUT
from samovar.models.files.tagger_folder import CARD as CARD
from samovar.models.files.tagger_folder import PROTOCOL as PROTOCOL
from samovar.models.taggers.sentence import SentenceTagger
from samovar.models.taggers.word_features import rows
from samovar.models.taggers.words import Word, spans
from samovar.records import Span
from samovar.settings import Settings

WEIGHTS = "model.crfsuite"


class CrfTagger(SentenceTagger):
    """Label PER, LOC, ORG and MISC; several threads may call it, one sentence is tagged at a time."""

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

    def _spans(self, text: str, words: Sequence[Word]) -> list[Span]:
        features = rows(words, self._language)
        with self._turn:
            tags = self._tagger.tag(features)
        return spans(text, words, tags)
