"""The joined attention computes what the attention of transformers computes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from transformers import BertConfig, BertModel, XLMRobertaConfig, XLMRobertaModel

from samovar.models.joined_attention import JoinedAttention, join

SIZES = {
    "vocab_size": 50,
    "hidden_size": 24,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "intermediate_size": 30,
    "attn_implementation": "eager",
}


@pytest.mark.parametrize(
    ("config", "model"), [(BertConfig, BertModel), (XLMRobertaConfig, XLMRobertaModel)]
)
def test_the_states_are_the_same(config: Any, model: Any) -> None:
    torch.manual_seed(0)
    network = model(config(**SIZES), add_pooling_layer=False).eval()
    for values in network.parameters():
        torch.nn.init.normal_(values, std=0.3)
    ids = torch.randint(2, 50, (3, 7))
    mask = torch.ones_like(ids)
    mask[1, 4:] = 0
    with torch.no_grad():
        before = network(ids, attention_mask=mask).last_hidden_state
        join(network)
        after = network(ids, attention_mask=mask).last_hidden_state
    assert sum(isinstance(one, JoinedAttention) for one in network.modules()) == 2
    assert torch.allclose(before, after, atol=1e-5)
    assert not torch.allclose(after[1], after[2], atol=1e-2)
