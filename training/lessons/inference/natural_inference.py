"""What every model of entailment here is trained by: classes, targets, the loss, the held-out part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import torch
from torch.nn import functional

from samovar.models.pairs.entailment import LABELS
from training.corpora import nli
from training.corpora.pair import NliPair
from training.frame.backbone import autocast
from training.frame.curves import by_origin
from training.frame.recipe import Training
from training.lessons.inference.crossed import Texts

OPEN = {"not_entailment": slice(1, 3), "not_contradiction": slice(0, 2)}
"""Labels of pairs of which only this is known, and the classes that they leave open."""
CLASSES = {label: number for number, label in enumerate((*LABELS, *OPEN))}
MIRRORED = "snli_cad"


def texts(pairs: Sequence[NliPair]) -> list[Texts]:
    """Return what a model reads of `pairs`."""
    return [(pair.premise, pair.hypothesis) for pair in pairs]


def targets(labels: Sequence[str]) -> torch.Tensor:
    """Return what a model should say of pairs with `labels`, float32 [pairs, 5] with rows of sum 1."""
    classes = torch.tensor([CLASSES[label] for label in labels], dtype=torch.int64)
    return functional.one_hot(classes, len(CLASSES)).float()


def pair_loss(logits: torch.Tensor, aims: torch.Tensor, smoothing: float) -> torch.Tensor:
    """Return the mean cross-entropy; of a label that leaves two classes open, of both together.

    `logits` are [pairs, 3], `aims` [pairs, 5] with rows of sum 1, as `targets` or a teacher gives them.
    """
    log_probabilities = functional.log_softmax(logits.float(), dim=-1)
    known = aims[:, : len(LABELS)]
    even = known.sum(dim=-1, keepdim=True) / len(LABELS)
    gain = (((1 - smoothing) * known + smoothing * even) * log_probabilities).sum(dim=-1)
    for label, left in OPEN.items():
        gain = gain + aims[:, CLASSES[label]] * torch.logsumexp(log_probabilities[:, left], dim=-1)
    return -gain.mean()


def parts(pairs: Sequence[NliPair], percent: int) -> tuple[list[NliPair], list[NliPair]]:
    """Split by a hash of the premise that has nothing to do with the evaluation's."""
    held = [pair for pair in pairs if nli.held_out(f"validation {pair.premise}", percent)]
    training = [pair for pair in pairs if not nli.held_out(f"validation {pair.premise}", percent)]
    return training, held


def mirrored(pairs: Sequence[NliPair]) -> list[NliPair]:
    """Return the pairs of captions the other way round: two scenes exclude each other, or do not.

    Contradiction is the one label that knows no direction. Contradictions alone, turned, would teach that
    a sentence with more details than its premise is one.
    """
    return [
        replace(
            pair,
            premise=pair.hypothesis,
            hypothesis=pair.premise,
            label="contradiction" if pair.label == "contradiction" else "not_contradiction",
        )
        for pair in pairs
        if pair.origin == MIRRORED and CLASSES[pair.label] < len(LABELS)
    ]


@torch.no_grad()
def logits_of(
    network: torch.nn.Module,
    batches: Iterable[tuple[list[int], Mapping[str, torch.Tensor]]],
    pairs: int,
    training: Training,
) -> torch.Tensor:
    """Return the logits of all `pairs`, float32 [pairs, 3], whose places and inputs `batches` yields."""
    outputs = torch.zeros(pairs, len(LABELS))
    for places, inputs in batches:
        with autocast(training, inputs["input_ids"].device):
            outputs[places] = network(**inputs).float().cpu()
    return outputs


def validation_metrics(
    logits: torch.Tensor, classes: torch.Tensor, origins: Sequence[str]
) -> dict[str, float]:
    """Return the loss and the accuracy of logits [pairs, 3], of all and of each origin."""
    chosen = logits.argmax(dim=-1)
    right = torch.where(classes < len(LABELS), chosen == classes, chosen != 0).float()
    aims = functional.one_hot(classes, len(CLASSES)).float()
    return {
        "validation_loss": pair_loss(logits, aims, 0.0).item(),
        "validation_accuracy": right.mean().item(),
        **by_origin(right, origins),
    }
