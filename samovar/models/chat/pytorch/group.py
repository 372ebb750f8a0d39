"""Replies that are decoded together: one batch with one cache, padded on the left."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import pad
from transformers.cache_utils import DynamicLayer

from samovar.models.chat.reply_text import ReplyText
from samovar.models.chat.sampling import Draw
from samovar.models.chat.streaming import Emit
from samovar.models.files.adapters import Adapter
from samovar.records import Completion, Finish

SLACK = 64
"""Columns of padding that may stand before every row before they are cut off."""


@dataclass(eq=False, slots=True)
class Row:
    """Hold one reply in the making."""

    prompt: list[int]
    limit: int
    draw: Draw
    text: ReplyText
    emit: Emit
    stop: threading.Event
    adapter: Adapter | None
    result: Future[Completion] = field(default_factory=Future)
    began: float = field(default_factory=time.perf_counter)
    reply: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def take(self, logits: Tensor, ends: frozenset[int]) -> bool:
        """Draw one token; False when the reply has ended."""
        if self.stop.is_set():
            return self._end("cancelled")
        token = self.draw.token(self.prompt + self.reply, logits)
        if token in ends:
            return self._end("stop")
        self.reply.append(token)
        self._give(self.text.add(token))
        if self.text.stopped:
            return self._end("stop")
        return len(self.reply) < self.limit or self._end("length")

    def _give(self, piece: str) -> None:
        if piece:
            self.pieces.append(piece)
            self.emit(piece)

    def _end(self, finish: Finish) -> bool:
        self._give(self.text.rest())
        milliseconds = (time.perf_counter() - self.began) * 1000
        self.result.set_result(
            Completion(
                "".join(self.pieces), finish, len(self.prompt), len(self.reply), milliseconds
            )
        )
        return False


class Group:
    """Decode rows with one adapter together, padded on the left."""

    def __init__(self, model: Any, rows: Sequence[Row], ends: frozenset[int]) -> None:
        """Read the prompts."""
        self.rows = list(rows)
        self.adapter = rows[0].adapter
        self._model = model
        self._ends = ends
        width = max(len(row.prompt) for row in rows)
        pads = [width - len(row.prompt) for row in rows]
        ids = [[row.prompt[0]] * pad + row.prompt for row, pad in zip(self.rows, pads, strict=True)]
        self._mask = torch.tensor(
            [[0] * pad + [1] * (width - pad) for pad in pads], device=model.device
        )
        self._cache: Any = None
        self._logits = self._forward(torch.tensor(ids, device=model.device))

    def step(self) -> None:
        """Draw one token for every row and compute the logits after it."""
        kept = [i for i, row in enumerate(self.rows) if row.take(self._logits[i], self._ends)]
        if len(kept) < len(self.rows):
            self.rows = [self.rows[i] for i in kept]
            if not kept:
                return
            at = torch.tensor(kept, device=self._model.device)
            self._mask = self._mask[at]
            self._cache.batch_select_indices(at)
            self._trim()
        self._mask = torch.cat([self._mask, torch.ones_like(self._mask[:, :1])], 1)
        last = [[row.reply[-1]] for row in self.rows]
        self._logits = self._forward(torch.tensor(last, device=self._model.device))

    def absorb(self, other: Group) -> bool:
        """Take over the rows of `other`; False when a cache (of sliding windows) forbids it."""
        if other.adapter != self.adapter or not (self._plain() and other._plain()):
            return False
        width = max(self._mask.shape[1], other._mask.shape[1])
        for mine, its in zip(self._cache.layers, other._cache.layers, strict=True):
            mine.keys = torch.cat([_widened(mine.keys, width), _widened(its.keys, width)])
            mine.values = torch.cat([_widened(mine.values, width), _widened(its.values, width)])
        masks = [pad(group._mask, (width - group._mask.shape[1], 0)) for group in (self, other)]
        self._mask = torch.cat(masks)
        self._logits = torch.cat([self._logits, other._logits])
        self.rows += other.rows
        return True

    def _forward(self, ids: Tensor) -> Tensor:
        positions = (self._mask.cumsum(1) - 1).clamp(min=0)[:, -ids.shape[1] :]
        output = self._model(
            input_ids=ids,
            attention_mask=self._mask,
            position_ids=positions,
            past_key_values=self._cache,
            use_cache=True,
            logits_to_keep=1,
        )
        self._cache = output.past_key_values
        logits: Tensor = output.logits[:, -1]
        return logits

    def _plain(self) -> bool:
        return all(type(layer) is DynamicLayer for layer in self._cache.layers)

    def _trim(self) -> None:
        spare = int((self._mask.cumsum(1) == 0).sum(1).min())
        if spare > SLACK and self._plain():
            self._mask = self._mask[:, spare:]
            for layer in self._cache.layers:
                layer.keys = layer.keys[..., spare:, :]
                layer.values = layer.values[..., spare:, :]


def _widened(values: Tensor, width: int) -> Tensor:
    """Pad keys or values [rows, heads, columns, size] on the left to `width` columns."""
    return pad(values, (0, 0, width - values.shape[-2], 0))
