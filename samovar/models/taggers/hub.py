"""Named entities by a token classifier of the Hugging Face Hub, such as dslim/bert-base-NER."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer

from samovar.catalog import Model
from samovar.models.encoders import encoding
from samovar.models.files.snapshot import snapshot
from samovar.models.taggers.sentence import SentenceTagger
from samovar.models.taggers.words import Word, spans
from samovar.records import Span
from samovar.settings import Settings

FILES = (
    "config.json",
    "model.safetensors",
    "vocab.txt",
    "tokenizer*.json",
    "special_tokens_map.json",
)
LONGEST = 512


class HubTagger(SentenceTagger):
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

    def _spans(self, text: str, words: Sequence[Word]) -> list[Span]:
        return spans(text, words, self._tags(words))

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
