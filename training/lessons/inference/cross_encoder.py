"""The cross-encoder of entailment as recipes train it: its rows, its batches, its logits, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from samovar.models.pairs.calibration import Temperatures
from samovar.models.pairs.entailment import LABELS, ROLE, padded
from samovar.models.pairs.entailment_network import CrossEncoder
from samovar.models.pairs.rows import Row
from samovar.phrases import LANGUAGES
from training.frame import backbone, export
from training.frame.batches import ordered
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import Loss
from training.lessons.inference.natural_inference import logits_of, pair_loss

VALIDATED = 64
"""Pairs a batch of validation."""


def cross_encoder(
    folder: Path, lora: Lora, training: Training, dropout: float, run: Run
) -> CrossEncoder:
    """Return the base in `folder` under LoRA and a new head; only these are trained."""
    base = backbone.bert(folder, training, run.device, dropout)
    return CrossEncoder(backbone.tuned(base, lora), base.config.hidden_size).to(run.device)


def loss_of(smoothing: float) -> Loss:
    """Return the loss of a batch whose labels give `smoothing` of themselves to all three."""

    def loss(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
        inputs = (batch["input_ids"], batch["attention_mask"], batch["segments"])
        return pair_loss(model(*inputs), batch["targets"], smoothing)

    return loss


def tensors(lessons: Sequence[tuple[Row, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return `filled` rows and the targets [pairs, 5] of rows with their targets."""
    rows, aims = zip(*lessons, strict=True)
    return {**filled(rows), "targets": torch.stack(aims)}


def filled(rows: Sequence[Row]) -> dict[str, torch.Tensor]:
    """Return ids, mask and segments [pairs, tokens] of `rows`."""
    return {name: torch.from_numpy(values) for name, values in padded(rows).items()}


def tokens(row: Row) -> int:
    """Return the number of tokens of `row`."""
    return len(row[0])


def logits(
    network: CrossEncoder, rows: Sequence[Row], training: Training, device: torch.device
) -> torch.Tensor:
    """Return the logits of `rows` in their order, float32 [pairs, 3]."""
    batches = ordered(rows, tokens, filled, VALIDATED, device)
    return logits_of(network, batches, len(rows), training)


def write(network: CrossEncoder, base: str, fitted: Temperatures, folder: Path) -> None:
    """Write the adapter of the model `base` with its head and the temperatures into `folder`."""
    about = {
        "base": base,
        "role": ROLE,
        "labels": list(LABELS),
        "temperatures": [fitted.sure, fitted.torn],
        "languages": list(LANGUAGES),
    }
    export.adapter(folder, network.encoder, about, network.head())
