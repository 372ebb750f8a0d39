"""What the taggers that read a sentence at a time share."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence

from samovar.models.taggers.words import Word, sentences
from samovar.phrases import Language
from samovar.records import Markup, Span


class SentenceTagger(ABC):
    """Tag sentence by sentence; each text has its own milliseconds."""

    def tag(self, texts: Sequence[str], language: Language) -> list[Markup]:
        """Return the spans of each text with the model's own labels; `language` is not looked at."""
        return [self._tag(text) for text in texts]

    def _tag(self, text: str) -> Markup:
        began = time.perf_counter()
        spans: list[Span] = []
        for words in sentences(text):
            spans += self._spans(text, words)
        return Markup(tuple(spans), (time.perf_counter() - began) * 1000)

    @abstractmethod
    def _spans(self, text: str, words: Sequence[Word]) -> list[Span]:
        """Return the spans of the sentence `words` of `text`."""
