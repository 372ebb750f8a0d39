"""Vectors of many short texts, kept on disk between runs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.models.base import Encoder

CHUNK = 2048


class Vectors:
    """Encode each text once; the file belongs to one encoder and is begun anew for another."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder, self._path = encoder, path
        self._rows: dict[str, NDArray[np.float16]] = {}
        if path.is_file():
            with np.load(path) as kept:
                if str(kept["revision"]) == encoder.revision:
                    self._rows = dict(
                        zip(json.loads(str(kept["texts"])), kept["vectors"], strict=True)
                    )

    def add(self, texts: Iterable[str]) -> None:
        """Encode what is not known yet."""
        new = sorted({text for text in texts if text not in self._rows}, key=len)
        for start in range(0, len(new), CHUNK):
            chunk = new[start : start + CHUNK]
            rows = self._encoder.encode(chunk).astype(np.float16)
            self._rows.update(zip(chunk, rows, strict=True))
            print(f"encoded {start + len(chunk)} of {len(new)} texts", file=sys.stderr)
            self._save()

    def matrix(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """Return the unit vectors of texts that were added."""
        return np.stack([self._rows[text] for text in texts]).astype(np.float32)

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_suffix(".part.npz")
        np.savez(
            part,
            revision=self._encoder.revision,
            texts=json.dumps(list(self._rows)),
            vectors=np.stack(list(self._rows.values())),
        )
        part.replace(self._path)
