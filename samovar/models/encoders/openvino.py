"""Encode texts with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samovar.catalog import Model
from samovar.models.base import Progress, TextKind
from samovar.models.encoders import encoding, tuned
from samovar.models.encoders.graph import GRAPH, TOKENIZER, graph
from samovar.models.encoders.openvino_network import OpenVinoNetwork
from samovar.models.encoders.plain_tokenizer import tokenizer_of
from samovar.settings import Settings

MANY = 64
"""Texts from which the streams are worth it."""
STREAMED = 16
"""Texts of a batch of one stream: more no longer fit a core's cache."""
CUT = 4096
"""Texts cut into tokens at once; what the tokenizer tells of each takes far more room than its ids."""
Row = NDArray[np.int32]
"""The token ids of a text."""


class OpenVinoEncoder:
    """Run one encoder; several threads may call it at once.

    A few texts take all cores together, so that a question is answered soon; many are dealt to one
    stream for each core, which does a fifth to a third more a second where the CPU has AMX.
    """

    engine = "openvino"

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load `model`, building its graph on first use.

        Raises:
            ModelError: the weights or the adapter cannot be found or read.
            StoreError: the cache cannot be written.
        """
        folder = graph(model, settings)
        self.model = model
        self.name = model.id
        self.revision = tuned.revision(model, settings)
        self._tokenizer = tokenizer_of(folder / TOKENIZER)
        self._network = OpenVinoNetwork(folder / GRAPH, settings)
        self._open_streams = partial(Streams, folder / GRAPH, settings)
        self.dimensions = self._network.width

    def encode(
        self, texts: Sequence[str], kind: TextKind = "symmetric", progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """Return unit vectors, float32 [texts, dimensions]; `kind` chooses the model's prefix."""
        rows = self._rows(encoding.prefixed(self.model, texts, kind))
        if len(rows) < MANY:
            alone = partial(_batch, self._network)
            return encoding.encoded(rows, alone, self.dimensions, progress)
        batch, run = partial(_batch, self._streams.network), self._streams.pool.map
        return encoding.encoded(rows, batch, self.dimensions, progress, size=STREAMED, run=run)

    @cached_property
    def _streams(self) -> Streams:
        return self._open_streams()

    def _rows(self, texts: list[str]) -> list[Row]:
        return [
            _cut(row.ids, self.model.context)
            for start in range(0, len(texts), CUT)
            for row in self._tokenizer.encode_batch(texts[start : start + CUT])
        ]


class Streams:
    """Hold the network compiled for many batches at once, and the threads that call it."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Compile the graph in the file `path` (some 0.3 s).

        There is a thread more than streams: its batch is ready when a stream has done one.
        """
        self.network = OpenVinoNetwork(path, settings, streams=True)
        self.pool = ThreadPoolExecutor(self.network.streams + 1, "encoder")


def _cut(ids: list[int], longest: int) -> Row:
    """Return `ids` without what is too much; the last token, which ends a text, stays."""
    return np.array(ids if len(ids) <= longest else [*ids[: longest - 1], ids[-1]], np.int32)


def _batch(network: OpenVinoNetwork, rows: list[Row]) -> NDArray[np.float32]:
    ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
    mask = np.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return network({"input_ids": ids, "attention_mask": mask})
