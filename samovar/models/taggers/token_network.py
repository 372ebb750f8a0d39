"""The token classifier in torch: the base with the adapter merged into it, and the head on top."""

from __future__ import annotations

from typing import Any

import torch

from samovar.models.encoders import bert_adapter, encoding
from samovar.models.files import adapters
from samovar.models.taggers.token_tagger import HEAD, TAGS, TokenWeights


class TokenClassifier(torch.nn.Module):
    """Return the logits of every piece, [rows, pieces, tags]."""

    def __init__(self, encoder: torch.nn.Module, width: int) -> None:
        """Put a head on `encoder`, a BERT whose states have `width` numbers."""
        super().__init__()
        self.encoder = encoder
        self.head = torch.nn.Linear(width, len(TAGS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Read rows as `token_tagger.padded` writes them."""
        states = self.encoder(input_ids, attention_mask=attention_mask).last_hidden_state
        logits: torch.Tensor = self.head(states)
        return logits


def merged(weights: TokenWeights) -> TokenClassifier:
    """Return the network in float32 with every change of the adapter added to the base.

    Raises:
        ModelError: the adapter changes a layer that the base does not have, or of another size.
    """
    encoder = encoding.bert(weights.folder)
    shortened(encoder, weights.layers)
    bert_adapter.merge(encoder, weights.adapter, weights.updates)
    width = encoder.config.hidden_size
    if weights.head[HEAD[0]].shape[1] != width:
        shape = list(weights.head[HEAD[0]].shape)
        raise adapters.broken(weights.adapter.name, adapters.SHAPE, tensor=HEAD[0], shape=shape)
    network = TokenClassifier(encoder, width)
    network.head.weight.data = torch.from_numpy(weights.head[HEAD[0]].copy())
    network.head.bias.data = torch.from_numpy(weights.head[HEAD[1]].copy())
    return network.eval()


def shortened(encoder: Any, layers: int) -> None:
    """Keep the first `layers` layers of `encoder`; 0 keeps all."""
    if layers:
        encoder.encoder.layer = torch.nn.ModuleList(list(encoder.encoder.layer)[:layers])
