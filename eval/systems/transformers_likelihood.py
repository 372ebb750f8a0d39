"""How probable transformers finds the tokens of texts, on a GGUF's weights dequantised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

from eval.systems.llamacpp_likelihood import FIRST, Place, Reading
from samovar.catalog import Model
from samovar.models.files.dequantised import dequantised
from samovar.settings import Settings


def reference(
    model: Model, settings: Settings, folder: Path | None, texts: Sequence[Sequence[int]]
) -> list[Reading]:
    """Read each text (token ids) in float32.

    `folder` holds the weights; None: they are dequantised into the cache.

    Raises:
        ModelError: the weights are missing or altered.
        StoreError: the cache cannot be written.
    """
    network: Any = AutoModelForCausalLM.from_pretrained(
        folder or dequantised(model, settings), dtype=torch.float32
    )
    return read(network, texts)


def read(network: Any, texts: Sequence[Sequence[int]]) -> list[Reading]:
    """Read each text (token ids) by a causal model of transformers."""
    with torch.inference_mode():
        return [_reading(network, ids) for ids in texts]


def _reading(network: Any, ids: Sequence[int]) -> Reading:
    given = torch.tensor([ids])
    logits = network(given).logits[0, :-1].float()
    own = logits.log_softmax(-1).gather(1, given[0, 1:, None])[:, 0].tolist()
    best = logits.argmax(-1).tolist()
    return {at: Place(own[at - 1], best[at - 1]) for at in range(FIRST, len(ids))}
