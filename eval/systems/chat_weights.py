"""A chat model's weights in transformers, with and without an adapter, one of them at a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

from samovar.models.chat.pytorch.switch import PeftSwitch
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files.adapters import Adapter
from training.frame.backbone import multiplies_bf16

PRECISIONS = {"bf16": torch.bfloat16, "fp32": torch.float32}


@dataclass(frozen=True, slots=True)
class ChatWeights:
    """Hold a model in memory; `switch` makes an adapter or the base active."""

    network: Any
    vocabulary: Vocabulary
    switch: PeftSwitch
    digest: str
    """Names these weights in this type: what is cached for one is not taken for another."""
    precision: str

    def key(self, adapter: Adapter | None) -> str:
        """Return the name under which answers with `adapter` are kept."""
        tuned = adapter.digest[:12] if adapter else "base"
        return f"{self.digest}-{self.precision}-{tuned}"


def load(folder: Path, precision: str) -> ChatWeights:
    """Load the model in `folder`, on the GPU where there is one.

    `precision` is a key of PRECISIONS; auto takes bf16 where the machine multiplies it fast.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if precision == "auto":
        precision = "bf16" if multiplies_bf16(device) else "fp32"
    loaded: Any = AutoModelForCausalLM.from_pretrained(
        folder, dtype=PRECISIONS[precision], attn_implementation="sdpa"
    )
    network = loaded.to(device).eval()
    return ChatWeights(network, Vocabulary(folder), PeftSwitch(network), digest(folder), precision)


def digest(folder: Path) -> str:
    """Return what tells the weights in `folder` from others: names, sizes and times of its files."""
    stamps = []
    for path in sorted((*folder.glob("*.safetensors"), *folder.glob("*.json"))):
        status = path.stat()
        stamps.append((path.name, status.st_size, status.st_mtime_ns))
    return hashlib.sha256(repr(stamps).encode()).hexdigest()[:12]
