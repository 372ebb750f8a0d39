"""The network of the teacher: all-mpnet-base-v2, which reads both texts together, under a new head.

Nothing of it ships, so that it need not be small: all but the words' own vectors is trained.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from samovar.models.pairs.entailment import LABELS
from samovar.settings import Settings
from training.frame.batches import padded
from training.lessons.inference import mpnet
from training.lessons.inference.crossed import Texts

PAD = 1
"""Id that fills rows up: MPNet's own."""
Rows = list[list[int]]
"""Ids, one row a pair."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """Hold what makes rows of pairs, and the network that reads them."""

    rows: Callable[[Sequence[Texts]], Rows]
    network: torch.nn.Module
    """Takes ids and mask [pairs, tokens], filled up on the right; gives logits [pairs, 3]."""


def filled(rows: Sequence[Sequence[int]]) -> dict[str, torch.Tensor]:
    """Return ids and mask [pairs, tokens] of `rows`."""
    return {
        "input_ids": padded(rows, PAD),
        "attention_mask": padded([[1] * len(row) for row in rows], 0),
    }


class ReadTogether(torch.nn.Module):
    """Return the logits of entailment, neutral and contradiction from the first token's state."""

    def __init__(self, body: torch.nn.Module, width: int) -> None:
        """Put a new head on `body`, an encoder of `width` numbers a token."""
        super().__init__()
        self.body = body
        self.dense = torch.nn.Linear(width, width)
        self.out = torch.nn.Linear(width, len(LABELS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Read both texts of each pair together."""
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.out(torch.tanh(self.dense(states[:, 0])))
        return logits


def teacher(folder: Path | None, settings: Settings) -> Teacher:
    """Open all-mpnet-base-v2, or another MPNet in `folder`, under a new head.

    Raises:
        SamovarError: its packages are missing or damaged, or the cache cannot be written.
    """
    from transformers import AutoModel

    folder = folder or mpnet.folder(settings)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(mpnet.MODEL.context)
    tokenizer.encode_special_tokens = True
    body = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False)
    body.get_input_embeddings().requires_grad_(False)
    for part in body.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = 0.0

    def rows(pairs: Sequence[Texts]) -> Rows:
        return [encoded.ids for encoded in tokenizer.encode_batch([*pairs])]

    return Teacher(rows, ReadTogether(body, body.config.hidden_size))
