"""The cross-encoder in torch: the base with the adapter merged into it, and the head on top."""

from __future__ import annotations

import torch

from samovar.models import adapters, bert_adapter, encoding
from samovar.models.entailment import HEAD, HYPOTHESIS, LABELS, PREMISE, EntailmentWeights


class CrossEncoder(torch.nn.Module):
    """Return the logits of entailment, neutral and contradiction, [pairs, 3]."""

    def __init__(self, encoder: torch.nn.Module, width: int) -> None:
        """Put a head on `encoder`, a BERT whose states have `width` numbers."""
        super().__init__()
        self.encoder = encoder
        self.dense = torch.nn.Linear(5 * width, width)
        self.out = torch.nn.Linear(width, len(LABELS))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, segments: torch.Tensor
    ) -> torch.Tensor:
        """Read pairs as `entailment.padded` writes them."""
        states = self.encoder(input_ids, attention_mask=attention_mask).last_hidden_state
        first, u, v = (
            states[:, 0],
            _mean(states, segments == PREMISE),
            _mean(states, segments == HYPOTHESIS),
        )
        features = torch.cat([first, u, v, (u - v).abs(), u * v], dim=-1)
        logits: torch.Tensor = self.out(torch.tanh(self.dense(features)))
        return logits


def merged(weights: EntailmentWeights) -> CrossEncoder:
    """Return the network in float32 with every change of the adapter added to the base.

    Raises:
        ModelError: the adapter changes a layer that the base does not have, or of another size.
    """
    encoder = encoding.bert(weights.folder)
    bert_adapter.merge(encoder, weights.adapter, weights.updates)
    adapter = weights.adapter
    width = encoder.config.hidden_size
    if weights.head[HEAD[0]].shape[0] != width:
        shape = list(weights.head[HEAD[0]].shape)
        raise adapters.broken(adapter.name, adapters.SHAPE, tensor=HEAD[0], shape=shape)
    network = CrossEncoder(encoder, width)
    parameters = dict(network.named_parameters())
    for name in HEAD:
        parameters[name.removeprefix("head.")].data = torch.from_numpy(weights.head[name].copy())
    return network.eval()


def _mean(states: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    share = chosen.unsqueeze(-1).to(states.dtype)
    return (states * share).sum(1) / share.sum(1).clamp(min=1)
