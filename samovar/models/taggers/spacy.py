"""Named entities in English by spaCy's en_core_web_sm; the parser uses the same pipeline."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samovar.catalog import Model
from samovar.errors import ModelError
from samovar.models.files import weights
from samovar.models.taggers.spacy_library import Shared, shared
from samovar.phrases import Language, Phrase
from samovar.records import Markup, Span
from samovar.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language as SpacyLanguage

UNUSED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
"""The NER component carries its own embedding layers and needs none of these."""

UNREADABLE = Phrase("{title} cannot be loaded: {why}.", "Не удалось загрузить {title}: {why}.")
INSTALL = Phrase("Install it again: {line}", "Установите заново: {line}")


class Pipeline:
    """Tag with one pipeline; several threads may call it, one text is tagged at a time."""

    def __init__(
        self,
        model: Model,
        pipeline: SpacyLanguage,
        lock: threading.Lock | None = None,
        unused: Sequence[str] = (),
    ) -> None:
        """Tag with `pipeline` under `lock`, leaving out its components `unused`."""
        self.model = model
        self._pipeline = pipeline
        self._lock = lock or threading.Lock()
        self._unused = tuple(unused)

    def tag(self, texts: Sequence[str], language: Language) -> list[Markup]:
        """Return the spans of each text with the pipeline's own labels; `language` is not looked at."""
        return [self._tag(text) for text in texts]

    def _tag(self, text: str) -> Markup:
        # the memory zone drops the words of this text from the vocabulary, which grows otherwise
        with self._lock, self._pipeline.memory_zone():
            began = time.perf_counter()
            entities = self._pipeline(text, disable=self._unused).ents
            spans = tuple(Span(e.start_char, e.end_char, e.label_, e.text) for e in entities)
            return Markup(spans, (time.perf_counter() - began) * 1000)


class SpacyTagger(Pipeline):
    """Tag with en_core_web_sm."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load the pipeline, 1 s, or take the one that the parser has loaded.

        Raises:
            ModelError: the package is missing, altered or of another spaCy version.
        """
        del settings  # every engine is made alike
        whole = loaded(model)
        super().__init__(model, whole.pipeline, whole.lock, UNUSED)

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "spacy"


def loaded(model: Model) -> Shared:
    """Return the whole pipeline of `model`, loaded once in this process.

    Raises:
        ModelError: the package is missing, altered or of another spaCy version.
    """
    path = folder(weights.find(model)[0])
    try:
        return shared(path)
    except (OSError, ValueError) as error:
        line = weights.pip_line(model)
        why = str(error).splitlines()[0]
        raise ModelError(UNREADABLE, INSTALL, title=model.title, why=why, line=line) from error


def folder(weights_file: Path) -> Path:
    """Return the pipeline's folder: the file verified is `<pipeline>/ner/model`."""
    return weights_file.parent.parent
