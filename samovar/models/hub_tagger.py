"""Named entities by a token classifier of the Hugging Face Hub, such as dslim/bert-base-NER."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer

from samovar.catalog import Model
from samovar.models import encoding
from samovar.models.snapshot import snapshot
from samovar.models.words import Word, sentences, spans
from samovar.records import Markup, Span
from samovar.settings import Settings

FILES = (
    "config.json",
    "model.safetensors",
    "vocab.txt",
    "tokenizer*.json",
    "special_tokens_map.json",
)
LONGEST = 512


class HubTagger:
    """Run the model sentence by sentence; each word speaks by its first piece; threads take turns."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Fetch and load `model`.

        Raises:
            ModelError: the Hub does not answer and nothing lies in its cache.
        """
        folder = snapshot(model.repo, model.revision, FILES, settings)
        self.model = model
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        with encoding.quiet():
            self._tokenizer = AutoTokenizer.from_pretrained(folder)
            self._network = AutoModelForTokenClassification.from_pretrained(folder)
        self._network.to(self._device).eval()
        self._turn = threading.Lock()

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "bert"

    def tag(self, texts: Sequence[str], language: str) -> list[Markup]:
        """Return the spans of each text with the model's own labels; `language` is not looked at."""
        return [self._tag(text) for text in texts]

    def _tag(self, text: str) -> Markup:
        began = time.perf_counter()
        found: list[Span] = []
        for words in sentences(text):
            found += spans(text, words, self._tags(words))
        return Markup(tuple(found), (time.perf_counter() - began) * 1000)

    def _tags(self, words: Sequence[Word]) -> list[str]:
        """Return the tag of each word, O for those behind the longest input."""
        read = self._tokenizer(
            [word.text for word in words],
            is_split_into_words=True,
            truncation=True,
            max_length=LONGEST,
            return_tensors="pt",
        )
        places = read.word_ids()
        with self._turn, torch.inference_mode():
            best = self._network(**read.to(self._device)).logits[0].argmax(-1).tolist()
        names = self._network.config.id2label
        tags: dict[int, str] = {}
        for place, label in zip(places, best, strict=True):
            if place is not None:
                tags.setdefault(place, names[label])
        return [tags.get(at, "O") for at in range(len(words))]
