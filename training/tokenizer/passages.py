"""Texts as ids of one vocabulary, and the loss of a model on them per character.

Vocabularies compare by the character: a token of one may be four of another. For the same reason each text
follows a token that begins documents, so that its first token is predicted, too, however long it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.frame.batches import ordered, padded
from training.frame.trainer import Batch

IGNORED = -100


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one text: its ids behind the token that begins documents, and its length."""

    ids: tuple[int, ...]
    characters: int


def passages(texts: Sequence[str], tokenizer: Tokenizer, begin: int) -> list[Passage]:
    """Return `texts` as ids; special tokens in them are plain text if the tokenizer says so."""
    encodings = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [
        Passage((begin, *encoding.ids), len(text))
        for text, encoding in zip(texts, encodings, strict=True)
    ]


def characters(passage: Passage) -> int:
    """Return the length by which passages are sorted: the same in every vocabulary."""
    return passage.characters


def batch(some: Sequence[Passage]) -> dict[str, torch.Tensor]:
    """Return one padded batch: input_ids and attention_mask [rows, longest], characters [rows]."""
    return {
        "input_ids": padded([one.ids for one in some], 0),
        "attention_mask": padded([[1] * len(one.ids) for one in some], 0),
        "characters": torch.tensor([one.characters for one in some]),
    }


def loss(model: Any, given: Batch) -> torch.Tensor:
    """Return the mean loss per character of the batch, nats."""
    return losses(model, given).sum() / given["characters"].sum()


def losses(model: Any, given: Batch) -> torch.Tensor:
    """Return the loss of each row, the sum over its tokens, float32 [rows], nats."""
    ids, mask = given["input_ids"], given["attention_mask"]
    logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1].float()
    targets = ids[:, 1:].masked_fill(mask[:, 1:] == 0, IGNORED)
    each = torch.nn.functional.cross_entropy(
        logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED, reduction="none"
    )
    return each.view(targets.shape).sum(1)


def measured(
    model: Any, texts: Sequence[Passage], size: int, device: torch.device
) -> NDArray[np.float64]:
    """Return the loss of each text, nats [texts]; `size` are read at once."""
    found = np.zeros(len(texts))
    with torch.no_grad():
        for places, given in ordered(texts, characters, batch, size, device):
            found[places] = losses(model, given).double().cpu().numpy()
    return found
