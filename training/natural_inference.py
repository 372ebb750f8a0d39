"""What every model of entailment here is trained by: classes, targets, the loss, the kept-back part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch.nn import functional

from samovar.models.entailment import LABELS
from training.corpora import nli
from training.corpora.pair import NliPair

NOT_ENTAILMENT = len(LABELS)
"""Class of a pair whose set does not tell neutral from contradiction."""
CLASSES = {label: number for number, label in enumerate((*LABELS, "not_entailment"))}
MIRRORED = "snli_cad"


def targets(labels: Sequence[str]) -> torch.Tensor:
    """Return what a model should say of pairs with `labels`, float32 [pairs, 4] with rows of sum 1."""
    classes = torch.tensor([CLASSES[label] for label in labels], dtype=torch.int64)
    return functional.one_hot(classes, len(CLASSES)).float()


def pair_loss(logits: torch.Tensor, aims: torch.Tensor, smoothing: float) -> torch.Tensor:
    """Return the mean cross-entropy; a last share of 1 means neutral or contradiction, never mind which.

    `logits` are [pairs, 3], `aims` [pairs, 4] with rows of sum 1, as `targets` or a judge gives them.
    """
    shares = functional.log_softmax(logits.float(), dim=-1)
    known = aims[:, :NOT_ENTAILMENT]
    even = known.sum(dim=-1, keepdim=True) / NOT_ENTAILMENT
    smooth = (1 - smoothing) * known + smoothing * even
    either = aims[:, NOT_ENTAILMENT] * torch.logsumexp(shares[:, 1:], dim=-1)
    return -((smooth * shares).sum(dim=-1) + either).mean()


def parts(pairs: Sequence[NliPair], percent: int) -> tuple[list[NliPair], list[NliPair]]:
    """Split by a hash of the premise that has nothing to do with the evaluation's."""
    held = [pair for pair in pairs if nli.held_out(f"validation {pair.premise}", percent)]
    learnt = [pair for pair in pairs if not nli.held_out(f"validation {pair.premise}", percent)]
    return learnt, held


def mirrored(pairs: Sequence[NliPair]) -> list[NliPair]:
    """Return the contradictions of captions the other way round: two scenes exclude each other."""
    return [
        replace(pair, premise=pair.hypothesis, hypothesis=pair.premise)
        for pair in pairs
        if pair.origin == MIRRORED and pair.label == "contradiction"
    ]


def measured(
    found: torch.Tensor, classes: torch.Tensor, origins: Sequence[str]
) -> dict[str, float]:
    """Return the loss and the accuracy of logits [pairs, 3], of all and of each origin."""
    chosen = found.argmax(dim=-1)
    right = torch.where(classes < NOT_ENTAILMENT, chosen == classes, chosen != 0).float()
    places = {name: [at for at, own in enumerate(origins) if own == name] for name in origins}
    aims = functional.one_hot(classes, len(CLASSES)).float()
    return {
        "validation_loss": pair_loss(found, aims, 0.0).item(),
        "validation_accuracy": right.mean().item(),
        **{f"validation_{name}": right[places[name]].mean().item() for name in sorted(places)},
    }
