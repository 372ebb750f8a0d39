"""An encoder that is asked the same texts again and again, and one that keeps fewer numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np

from samovar.models.base import Encoder, Progress, TextKind
from samovar.search.stores.base import Vectors


class Remembered:
    """Encode each text once; fulfils Encoder. A folder keeps the vectors for the next run."""

    def __init__(self, inner: Encoder, folder: Path | None = None) -> None:
        self._inner = inner
        self._folder = folder / f"{inner.name}-{inner.revision[:12]}" if folder else None
        self.name, self.revision, self.engine = inner.name, inner.revision, inner.engine
        self.dimensions = inner.dimensions
        self._known: dict[tuple[TextKind, str], Vectors] = {}
        for path in sorted(self._folder.glob("*.npz")) if self._folder else ():
            with np.load(path, allow_pickle=False) as held:
                kind = cast(TextKind, str(held["kind"]))
                keys = ((kind, str(text)) for text in held["texts"])
                self._known.update(zip(keys, held["vectors"], strict=True))

    def encode(
        self, texts: Sequence[str], kind: TextKind = "symmetric", progress: Progress | None = None
    ) -> Vectors:
        """Return unit vectors, float32 [texts, dimensions]."""
        new = [text for text in dict.fromkeys(texts) if (kind, text) not in self._known]
        rows = self._inner.encode(new, kind, progress)
        self._known.update(zip(((kind, text) for text in new), rows, strict=True))
        if self._folder and new:
            self._folder.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256("\n".join((kind, *new)).encode()).hexdigest()[:16]
            path = self._folder / f"{name}.npz"
            np.savez(path, texts=np.array(new), vectors=rows, kind=np.array(kind))
        return np.stack([self._known[kind, text] for text in texts])


class Shortened:
    """Keep the first numbers of each vector (Matryoshka); fulfils Encoder."""

    def __init__(self, inner: Encoder, dimensions: int) -> None:
        self._inner = inner
        self.name, self.revision = f"{inner.name}-{dimensions}", inner.revision
        self.engine = inner.engine
        self.dimensions = dimensions

    def encode(
        self, texts: Sequence[str], kind: TextKind = "symmetric", progress: Progress | None = None
    ) -> Vectors:
        """Return unit vectors, float32 [texts, dimensions]."""
        short = self._inner.encode(texts, kind, progress)[:, : self.dimensions]
        unit: Vectors = short / np.linalg.norm(short, axis=1, keepdims=True)
        return unit
