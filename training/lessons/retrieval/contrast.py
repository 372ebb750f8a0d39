"""The contrastive loss: each question must be nearest to its own text, at every length of the vector.

Multiple-negatives ranking (Henderson et al. 2017) over batches that need not fit into memory: texts
are encoded in chunks whose activations are dropped and computed again on the way back, which gives
the gradients of GradCache (Gao et al. 2021) by torch's own checkpointing. Matryoshka (Kusupati et
al. 2022): the loss is also taken of the first numbers of every vector.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch.nn import functional
from torch.utils.checkpoint import checkpoint


class MeanPooled(torch.nn.Module):
    """Return the mean state of each text, float32 [texts, width], not normalised."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        """Read with `encoder`, a BERT."""
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Read ids and mask, int64 [texts, tokens] each."""
        states = self.encoder(ids, attention_mask=mask).last_hidden_state.float()
        share = mask.unsqueeze(-1).float()
        mean: torch.Tensor = (states * share).sum(1) / share.sum(1).clamp(min=1)
        return mean


def vectors(
    network: Any, batch: Mapping[str, torch.Tensor], chunk: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return vectors of questions and texts, and the number of each question's text.

    `batch` is one of TopicBatches; `chunk` texts are in memory at a time.
    """
    mask = batch["questions_attention_mask"]
    there = mask.any(dim=-1)
    right = torch.arange(len(mask), device=mask.device).unsqueeze(1).expand_as(there)[there]
    asked = encoded(network, batch["questions"][there], mask[there], 4 * chunk)
    read = encoded(network, batch["ids"], batch["attention_mask"], chunk)
    return asked, read, right


def encoded(network: Any, ids: torch.Tensor, mask: torch.Tensor, chunk: int) -> torch.Tensor:
    """Return the vectors of all texts in their order, `chunk` texts in memory at a time.

    Texts of like length are read together, without the padding that they do not need.
    """
    lengths = mask.sum(1)
    order = torch.argsort(lengths, stable=True)
    parts = []
    for places in torch.split(order, chunk):
        width = max(1, int(lengths[places].max()))
        inputs = ids[places, :width], mask[places, :width]
        once = len(order) <= chunk or not torch.is_grad_enabled()
        parts.append(
            network(*inputs) if once else checkpoint(network, *inputs, use_reentrant=False)
        )
    back = torch.empty_like(order)
    back[order] = torch.arange(len(order), device=order.device)
    return torch.cat(parts)[back]


def ranking_loss(
    questions: torch.Tensor,
    texts: torch.Tensor,
    right: torch.Tensor,
    keys: torch.Tensor,
    lengths: Sequence[int],
    temperature: float,
) -> torch.Tensor:
    """Return the mean cross-entropy of each question over all texts, averaged over `lengths`.

    Args:
        questions: [questions, width].
        texts: [texts, width].
        right: int64 [questions], the number of the text that answers each.
        keys: int64 [texts]; other texts with the key of the right one are left out.
        lengths: how many of the first numbers of a vector count, such as (384, 128).
        temperature: what cosines are divided by.
    """
    left_out = keys[right].unsqueeze(1) == keys.unsqueeze(0)
    left_out[torch.arange(len(right), device=right.device), right] = False
    total = torch.zeros((), device=texts.device)
    for length in lengths:
        asked = functional.normalize(questions[:, :length].float(), dim=-1)
        read = functional.normalize(texts[:, :length].float(), dim=-1)
        scores = (asked @ read.T / temperature).masked_fill(left_out, float("-inf"))
        total = total + functional.cross_entropy(scores, right)
    return total / len(lengths)
