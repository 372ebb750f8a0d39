"""The contrastive loss, and texts that are encoded in chunks."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from training.lessons.retrieval.contrast import encoded, ranking_loss


def test_loss_wants_the_own_text_nearest_at_every_length():
    texts = torch.eye(4)
    right = torch.tensor([0, 1, 2, 3])
    keys = torch.arange(4)
    assert ranking_loss(texts, texts, right, keys, (4,), 0.1).item() < 1e-3
    shuffled = torch.tensor([1, 0, 3, 2])
    assert ranking_loss(texts, texts, shuffled, keys, (4,), 0.1).item() > 5
    both = ranking_loss(texts[:2], texts[:2], right[:2], keys[:2], (4, 1), 0.1)
    half = ranking_loss(texts[:2, :1], texts[:2, :1], right[:2], keys[:2], (1,), 0.1)
    assert both.item() == pytest.approx(half.item() / 2, abs=1e-3)


def test_a_translation_is_not_wrong():
    asked, read = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.9, 0.1], [1.0, 0.0]])
    right = torch.tensor([0])
    alone = ranking_loss(asked, read, right, torch.tensor([7, 7]), (2,), 0.1)
    against = ranking_loss(asked, read, right, torch.tensor([7, 8]), (2,), 0.1)
    assert alone.item() == 0 < against.item()


class Mean(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.table = torch.nn.Embedding(50, 8)
        self.calls = 0

    def forward(self, ids, mask):
        self.calls += 1
        share = mask.unsqueeze(-1).float()
        return (self.table(ids) * share).sum(1) / share.sum(1)


@pytest.mark.parametrize("chunk", [1, 3, 100])
def test_chunks_change_neither_vectors_nor_gradients(chunk):
    torch.manual_seed(0)
    network, lengths = Mean(), [5, 2, 7, 1, 3, 3, 6]
    ids = torch.randint(0, 50, (7, 7))
    mask = (torch.arange(7).unsqueeze(0) < torch.tensor(lengths).unsqueeze(1)).long()
    whole = functional.normalize(network(ids, mask), dim=-1)
    (expected,) = torch.autograd.grad((whole @ whole.T).logsumexp(1).sum(), network.table.weight)
    network.calls = 0
    found = functional.normalize(encoded(network, ids, mask, chunk), dim=-1)
    assert torch.allclose(found, whole, atol=1e-6)
    (gradient,) = torch.autograd.grad((found @ found.T).logsumexp(1).sum(), network.table.weight)
    assert torch.allclose(gradient, expected, atol=1e-5)
    assert network.calls == {1: 14, 3: 6, 100: 1}[chunk]  # twice a chunk, or once the whole
