"""Encode texts with OpenVINO: the default on an x86 CPU."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from samovar.catalog import Model
from samovar.models.base import Progress, TextKind
from samovar.models.encoders import encoding, tuned
from samovar.models.encoders.graph import GRAPH, TOKENIZER, graph
from samovar.models.encoders.openvino_network import OpenVinoNetwork
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
    """Run one encoder; several threads may call it at once, each with its own infer request.

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
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.encode_special_tokens = True  # `</s>` typed by a visitor is plain text
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(model.context)
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
            np.array(row.ids, np.int32)
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


def _batch(network: OpenVinoNetwork, rows: list[Row]) -> NDArray[np.float32]:
    ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
    mask = np.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return network({"input_ids": ids, "attention_mask": mask})
