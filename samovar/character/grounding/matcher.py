"""What a message is about: one of a character's facts, or one of the lines he has for small talk.

A linear model on the encoder's vector, fitted by `python -m training.matcher` on questions and messages that
were written for each fact and line: the bare cosine finds one in four of the lines that it finds.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.models.base import Encoder, TextKind
from samovar.phrases import Phrase
from samovar.settings import Settings

Array = NDArray[np.float32]

FOLDER = "matchers"
"""Below assets."""
KIND: TextKind = "query"
PROTOCOL = 1
"""Of the features; raised when they change."""

DAMAGED = Phrase(
    "The weights of the matcher in {path} cannot be read: {why}.",
    "Веса в {path} не читаются: {why}.",
)
RESTORE = Phrase(
    "Restore the file from the repository, or train it again: python -m training.matcher.",
    "Восстановите файл из репозитория или обучите заново: python -m training.matcher.",
)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Hold the weights of one character's matcher."""

    places: Mapping[str, int]
    """Id of a fact or a line → its column."""
    weights: Array
    """float32 [dimensions, columns]"""
    bias: Array
    """float32 [columns]"""
    mean: Array
    """float32 [dimensions]: of the vectors it learned from"""
    following: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Weights of the measures of a question that leans on the talk; see `following`."""

    def logs(self, encoder: Encoder, texts: Sequence[str], ids: Sequence[str]) -> Array:
        """Return the logarithm of how likely each of `texts` is about each of `ids`, float32 [texts, ids].

        An id that the matcher has not learned gets what is least likely for the text.
        """
        logits = features(encoder.encode(texts, KIND), self.mean) @ self.weights + self.bias
        logits -= logits.max(axis=1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        padded = np.concatenate([logs, logs.min(axis=1, keepdims=True)], axis=1)
        columns = [self.places.get(id, logs.shape[1]) for id in ids]
        return np.asarray(padded[:, columns], np.float32)


def features(vectors: Array, mean: Array) -> Array:
    """Return the directions of `vectors` from their mean, of length 1: e5's differ little from each other."""
    centred = vectors - mean
    return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True), np.float32)


def load(slug: str, encoder: str, settings: Settings) -> Matcher | None:
    """Return the matcher of character `slug`; None: it is not here, or for another encoder or protocol.

    Raises:
        ModelError: the file or its card is damaged.
    """
    path = settings.assets / FOLDER / f"{slug}.npz"
    if not slug or not path.is_file() or not path.with_suffix(".json").is_file():
        return None
    found = _read(path, path.stat().st_mtime_ns)
    return found[1] if found and found[0] == encoder else None


@lru_cache(maxsize=8)
def _read(path: Path, stamp: int) -> tuple[str, Matcher] | None:
    """Return the encoder and the matcher; `stamp` makes altered files be read again."""
    try:
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if card["protocol"] != PROTOCOL:
            return None
        with np.load(path, allow_pickle=False) as held:
            places = {str(id): at for at, id in enumerate(held["ids"])}
            arrays = (held[key].astype(np.float32) for key in ("weights", "bias", "mean"))
            weights, bias, mean = arrays
            following = card.get("following", {}).get("weights", {})
            return card["encoder"], Matcher(places, weights, bias, mean, following)
    except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(DAMAGED, RESTORE, path=path, why=error) from error
