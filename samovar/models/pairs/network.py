"""The network that reads pairs, in torch: a BERT with the adapter merged into it, and the head."""

from __future__ import annotations

import torch

from samovar.models.encoders import bert_adapter, encoding
from samovar.models.encoders.headed_adapter import HeadedWeights
from samovar.models.files import adapters
from samovar.models.pairs.lora import HEAD, PARTS, outputs
from samovar.models.pairs.rows import FIRST, SECOND


class PairNetwork(torch.nn.Module):
    """Return the logits of each pair, [pairs, outputs].

    The head sees the state of the first token, the means of both texts, their difference and their
    product.
    """

    def __init__(self, encoder: torch.nn.Module, width: int, outputs: int) -> None:
        """Put a head on `encoder`, a BERT whose states have `width` numbers."""
        super().__init__()
        self.encoder = encoder
        self.dense = torch.nn.Linear(PARTS * width, width)
        self.out = torch.nn.Linear(width, outputs)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, segments: torch.Tensor
    ) -> torch.Tensor:
        """Read pairs as `pair_rows.padded` writes them."""
        states = self.encoder(input_ids, attention_mask=attention_mask).last_hidden_state
        first, u, v = (
            states[:, 0],
            _mean(states, segments == FIRST),
            _mean(states, segments == SECOND),
        )
        features = torch.cat([first, u, v, (u - v).abs(), u * v], dim=-1)
        logits: torch.Tensor = self.out(torch.tanh(self.dense(features)))
        return logits

    def head(self) -> dict[str, torch.Tensor]:
        """Return the parameters of the head by their names in an adapter."""
        own = (self.dense.weight, self.dense.bias, self.out.weight, self.out.bias)
        return dict(zip(HEAD, own, strict=True))


def merged(weights: HeadedWeights) -> PairNetwork:
    """Return the network in float32 with every change of the adapter added to the base.

    Raises:
        ModelError: the adapter changes a layer that the base does not have, or of another size.
    """
    encoder = encoding.bert(weights.folder)
    bert_adapter.merge(encoder, weights.adapter, weights.updates)
    width = encoder.config.hidden_size
    if weights.head[HEAD[0]].shape[0] != width:
        shape = list(weights.head[HEAD[0]].shape)
        raise adapters.broken(weights.adapter.name, adapters.SHAPE, tensor=HEAD[0], shape=shape)
    network = PairNetwork(encoder, width, outputs(weights))
    for name, parameter in network.head().items():
        parameter.data = torch.from_numpy(weights.head[name].copy())
    return network.eval()


def _mean(states: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    share = chosen.unsqueeze(-1).to(states.dtype)
    return (states * share).sum(1) / share.sum(1).clamp(min=1)
