"""Named entities by GLiNER (Zaratiana et al. 2024), which is told the labels in words.

The package `gliner` is not part of the requirements; who installs it gets this tagger.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Sequence
from typing import Any

from samovar.catalog import Model
from samovar.models.snapshot import snapshot
from samovar.models.words import sentences
from samovar.records import Markup, Span
from samovar.settings import Settings

LABELS = ("person", "place", "organization", "work of art, event, product or nationality")
"""What the model is asked for; the page's table of labels turns them into its own."""
THRESHOLD = 0.5


class GlinerTagger:
    """Ask sentence by sentence; threads take turns."""

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

    def tag(self, texts: Sequence[str], language: str) -> list[Markup]:
        """Return the spans of each text with LABELS; `language` is not looked at."""
        return [self._tag(text) for text in texts]

    def _tag(self, text: str) -> Markup:
        began = time.perf_counter()
        found: list[Span] = []
        for words in sentences(text):
            start, end = words[0].start, words[-1].end
            with self._turn:
                named = self._network.predict_entities(
                    text[start:end], list(LABELS), threshold=THRESHOLD
                )
            for one in sorted(named, key=lambda one: int(one["start"])):
                a, b = start + int(one["start"]), start + int(one["end"])
                found.append(Span(a, b, str(one["label"]), text[a:b]))
        return Markup(tuple(found), (time.perf_counter() - began) * 1000)
