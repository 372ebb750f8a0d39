"""Named entities by GLiNER (Zaratiana et al. 2024), which is told the labels in words.

The package `gliner` is not part of the requirements; who installs it gets this tagger.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Sequence
from typing import Any

from samovar.catalog import Model
from samovar.models.files.snapshot import snapshot
from samovar.models.taggers.sentence import SentenceTagger
from samovar.models.taggers.words import Word
from samovar.records import Span
from samovar.settings import Settings

LABELS = ("person", "place", "organization", "work of art, event, product or nationality")
"""What the model is asked for; the page's table of labels turns them into its own."""
THRESHOLD = 0.5


class GlinerTagger(SentenceTagger):
    """Ask for LABELS; threads take turns."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Fetch and load `model`.

        Raises:
            ModelError: the Hub does not answer and nothing lies in its cache.
        """
        library: Any = importlib.import_module("gliner")
        folder = snapshot(model.repo, model.revision, ("*.json", "*.bin", "*.model"), settings)
        self._network = library.GLiNER.from_pretrained(str(folder), local_files_only=True)
        self._turn = threading.Lock()
        self.model = model

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "gliner"

    def _spans(self, text: str, words: Sequence[Word]) -> list[Span]:
        start, end = words[0].start, words[-1].end
        with self._turn:
            named = self._network.predict_entities(
                text[start:end], list(LABELS), threshold=THRESHOLD
            )
        spans: list[Span] = []
        for name in sorted(named, key=lambda name: int(name["start"])):
            a, b = start + int(name["start"]), start + int(name["end"])
            spans.append(Span(a, b, str(name["label"]), text[a:b]))
        return spans
