"""Self-attention of BERT with its three projections as one product, for graphs that only run.

The same numbers, rounding aside: one product of three times the width keeps a CPU busier than three,
and the scale of the scores is part of the weights.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

JOINED = ("BertSelfAttention", "XLMRobertaSelfAttention")
"""Classes of transformers whose attention is computed here instead."""


class JoinedAttention(nn.Module):
    """Compute what `attention`, one of JOINED in evaluation mode, computes."""

    def __init__(self, attention: Any) -> None:
        """Copy the weights of `attention`."""
        super().__init__()
        self._heads, self._size = attention.num_attention_heads, attention.attention_head_size
        scales = (attention.scaling, 1.0, 1.0)
        parts = (attention.query, attention.key, attention.value)
        width = attention.query.in_features
        self._joined = nn.Linear(width, sum(part.out_features for part in parts))
        with torch.no_grad():
            for name in ("weight", "bias"):
                scaled = [getattr(p, name) * scale for p, scale in zip(parts, scales, strict=True)]
                getattr(self._joined, name).copy_(torch.cat(scaled))

    def forward(
        self, hidden_states: torch.Tensor, attention_mask: torch.Tensor | None = None, **_: Any
    ) -> tuple[torch.Tensor, None]:
        """Return [texts, tokens, width] of `hidden_states` of the same shape; the mask is added."""
        rows, tokens = hidden_states.shape[:2]
        parts = self._joined(hidden_states).view(rows, tokens, 3, self._heads, self._size)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        scores = torch.matmul(query, key.transpose(2, 3))
        if attention_mask is not None:
            scores = scores + attention_mask
        mixed = torch.matmul(torch.softmax(scores, dim=-1), value)
        return mixed.transpose(1, 2).reshape(rows, tokens, self._heads * self._size), None


def join(network: nn.Module) -> None:
    """Replace each attention of JOINED in `network`, which is to be traced and not to be trained."""
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if type(child).__name__ in JOINED:
                setattr(parent, name, JoinedAttention(child).eval())
