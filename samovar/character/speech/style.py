"""Who of a series would say this line? A linear model on the encoder's vector and hashed letter n-grams.

`python -m training.speakers` fits it on the lines of the main characters and writes weights without any
text: assets/speakers/<series>.npz, with a card beside it.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from samovar.errors import ModelError
from samovar.models.base import Encoder, TextKind
from samovar.phrases import Phrase
from samovar.settings import Settings

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Array = NDArray[np.float32]

FOLDER = "speakers"
"""Below assets."""
KIND: TextKind = "symmetric"
PROTOCOL = 1
"""Of the features; raised when they change."""

DAMAGED = Phrase(
    "The weights of the speakers in {path} cannot be read: {why}.",
    "Веса говорящих в {path} не читаются: {why}.",
)
RESTORE = Phrase(
    "Restore the file from the repository, or train it again: python -m training.speakers.",
    "Восстановите файл из репозитория или обучите заново: python -m training.speakers.",
)


@dataclass(frozen=True, slots=True)
class Features:
    """Say how a line becomes numbers."""

    shortest: int = 2
    longest: int = 5
    """Letters of an n-gram; those at the edge of a word know it."""
    buckets: int = 2**15
    """Places into which the n-grams are hashed: 0 leaves them out."""
    vectors: bool = True
    """Whether the encoder's vector counts."""
    scale: float = 1.0
    """What the vector, less the mean of many, is multiplied by: e5's differ little from each other."""

    def of(self, lines: Sequence[str], vectors: Array) -> csr_matrix:
        """Return the features of `lines`, float32 [lines, dimensions + buckets].

        `vectors` are less their mean, [lines, dimensions]; they do not count where `self.vectors` is off.
        """
        from scipy.sparse import csr_matrix, hstack

        parts = []
        if self.vectors:
            parts.append(csr_matrix(vectors * np.float32(self.scale)))
        if self.buckets:
            parts.append(self._grams(lines))
        return csr_matrix(hstack(parts, format="csr"))

    def _grams(self, lines: Sequence[str]) -> csr_matrix:
        from sklearn.feature_extraction.text import HashingVectorizer

        hashing = HashingVectorizer(
            analyzer="char_wb",
            ngram_range=(self.shortest, self.longest),
            n_features=self.buckets,
            alternate_sign=False,
            dtype=np.float32,
        )
        return hashing.transform(lines)


@dataclass(frozen=True, slots=True)
class Speakers:
    """Hold the planes that tell the main characters of one series apart."""

    names: tuple[str, ...]
    encoder: str
    """Id of the encoder whose vectors it reads."""
    features: Features
    weights: Array
    """float32 [names, dimensions + buckets]: one plane a speaker, him against all others"""
    bias: Array
    """float32 [names]"""
    mean: Array
    """float32 [dimensions]: of the vectors of the lines it learned from"""

    def probabilities(self, lines: Sequence[str], vectors: Array) -> Array:
        """Return how likely each of `names` says each line, float32 [lines, names]; rows sum to 1."""
        logits = self.features.of(lines, vectors - self.mean) @ self.weights.T + self.bias
        each = 1 / (1 + np.exp(-np.clip(logits, -50, 50)))
        return np.asarray(each / each.sum(1, keepdims=True), np.float32)

    def style(self, lines: Sequence[str], name: str, encoder: Encoder) -> list[float] | None:
        """Return for each line the probability that `name` says it, all in one batch.

        None: he is not among the names, or the vectors of `encoder` are others than those it learned.
        """
        if not lines:
            return []
        if name not in self.names or (self.features.vectors and encoder.name != self.encoder):
            return None
        none = np.zeros((len(lines), len(self.mean)), np.float32)
        vectors = encoder.encode(lines, KIND) if self.features.vectors else none
        column = self.probabilities(lines, vectors)[:, self.names.index(name)]
        return [round(float(value), 4) for value in column]


def load(series: str, settings: Settings) -> Speakers | None:
    """Return the speakers of `series`, None where its file is not here or of another protocol.

    Raises:
        ModelError: the file or its card is damaged.
    """
    path = settings.assets / FOLDER / f"{series}.npz"
    if not series or not path.is_file() or not path.with_suffix(".json").is_file():
        return None
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, stamp: int) -> Speakers | None:
    """Read both files; `stamp` makes altered ones be read again."""
    try:
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if card["protocol"] != PROTOCOL:
            return None
        with np.load(path, allow_pickle=False) as held:
            arrays = (held[key].astype(np.float32) for key in ("weights", "bias", "mean"))
            shape = Features(**card["features"])
            return Speakers(tuple(card["names"]), card["encoder"], shape, *arrays)
    except (OSError, ValueError, TypeError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(DAMAGED, RESTORE, path=path, why=error) from error
