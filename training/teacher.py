"""Train a teacher, and let it label pairs that nobody has: the entailment model learns from them.

python -m training.teacher training/configs/teacher-mpnet.yaml --data-dir ../shared/datasets --export

A model of four times the size of the encoder knows more words and what they exclude; it is too large
to ship, so that only what it says of more pairs does (distillation: Hinton et al. 2015).
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray
from pydantic import Field
from tqdm import tqdm

from samovar.models.pairs.entailment import LABELS
from samovar.settings import Settings
from training.corpora import snli, sources
from training.corpora.pair import NliPair
from training.frame import command
from training.frame.batches import Planned, ordered
from training.frame.recipe import Training
from training.frame.trainer import train
from training.lessons.inference import pseudo_labels, sets
from training.lessons.inference.crossed import Texts
from training.lessons.inference.natural_inference import (
    CLASSES,
    logits_of,
    mirrored,
    pair_loss,
    parts,
    targets,
    texts,
    validation_metrics,
)
from training.lessons.inference.pseudo_labelled_pairs import drawn, pairs_to_label, scenes
from training.lessons.inference.teacher_network import Rows, filled, teacher

INFERRED = 64
"""Pairs a batch without gradients."""


@dataclass(frozen=True, slots=True)
class TeacherRecipe:
    """Describe one teacher."""

    name: str
    """Of its folder in assets/pseudo-labels."""
    base: Literal["all-mpnet-base-v2"] = "all-mpnet-base-v2"
    """85 million weights beside the words' own, against 21 of the encoder that learns."""
    origins: tuple[str, ...] = ("snli_cad", "sick", "xnli_dev")
    """English sets with all three labels: what is labelled afterwards are captions of the first."""
    smoothing: Annotated[float, Field(ge=0, le=0.5)] = 0.05
    """Share of a label spread over all three, as in the entailment model."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 6
    """Per cent of the premises that only validate: the same ones as the entailment model holds out."""
    repeated: Annotated[int, Field(ge=1, le=10)] = 2
    """Times that an epoch reads the pairs of the sets in `--data-dir`; those of SNLI come once."""
    training: Training = field(default_factory=Training)


def fit(chosen: TeacherRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says, label the crossed pairs and return the folder of the run.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    archive = snli.archive(options.data_dir)
    files = sets.files(options.data_dir) | {snli.ORIGIN: archive}
    with command.run_of(options, chosen, files) as run:
        labelled = run.finished and (run.folder / pseudo_labels.FILE).is_file()
        pairs = sets.training_pairs(options.data_dir)
        training, held = (suitable(part, chosen) for part in parts(pairs, chosen.held_out))
        more = scenes(archive, options.data_dir, chosen.held_out)
        training = (training + mirrored(training)) * chosen.repeated + more
        edits = drawn(pairs, chosen.held_out, chosen.training.seed)
        asked = pairs_to_label(pairs, more, options.data_dir, chosen.held_out, edits)
        run.facts["pairs"] = counts(training, held, asked)
        run.facts["sources"] = sources.attribution(pair.origin for pair in training)

        opened = teacher(options.base, settings)
        network = opened.network.to(run.device)
        rows, kept = (opened.rows(texts(part)) for part in (training, held))
        known = torch.tensor([CLASSES[pair.label] for pair in held])

        def loss(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
            outputs = model(batch["input_ids"], batch["attention_mask"])
            return pair_loss(outputs, batch["targets"], chosen.smoothing)

        def validate(model: Any) -> dict[str, float]:
            outputs = logits(model, kept, chosen.training, run.device)
            return validation_metrics(outputs, known, [pair.origin for pair in held])

        lessons = [*zip(rows, targets([pair.label for pair in training]), strict=True)]
        batches = Planned(lessons, lambda lesson: len(lesson[0]), tensors, chosen.training)
        train(network, batches, loss, chosen.training, run, validate)

        if run.main and not labelled:
            soft = probabilities(network.eval(), opened.rows(asked), chosen.training, run.device)
            pseudo_labels.write(run.folder / pseudo_labels.FILE, asked, soft, edits)
    return run.folder


def suitable(pairs: Sequence[NliPair], chosen: TeacherRecipe) -> list[NliPair]:
    """Return the English pairs of the recipe's sets whose label is one of the three."""
    return [
        pair
        for pair in pairs
        if pair.origin in chosen.origins
        and pair.language == "en"
        and CLASSES[pair.label] < len(LABELS)
    ]


def counts(
    training: Sequence[NliPair], held: Sequence[NliPair], asked: Sequence[Texts]
) -> dict[str, Any]:
    """Return how many pairs of which origin are learnt, held out, and labelled afterwards."""
    origins = Counter(pair.origin for pair in training)
    return {
        "training": len(training),
        "validation": len(held),
        "pseudo_labelled": len(asked),
        "origins": dict(sorted(origins.items())),
    }


def tensors(lessons: Sequence[tuple[list[int], torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return ids and mask [pairs, tokens] and the targets [pairs, 5] of rows and their targets."""
    rows, aims = zip(*lessons, strict=True)
    return {**filled(rows), "targets": torch.stack(aims)}


def logits(
    network: torch.nn.Module, rows: Rows, training: Training, device: torch.device, shown: str = ""
) -> torch.Tensor:
    """Return the logits of `rows` in their order, float32 [pairs, 3], under a bar that says `shown`."""
    batches = ordered(rows, len, filled, INFERRED, device)
    count = -(-len(rows) // INFERRED)
    watched = tqdm(batches, shown, count, disable=not shown, mininterval=30)
    return logits_of(network, watched, len(rows), training)


def probabilities(
    network: torch.nn.Module, rows: Rows, training: Training, device: torch.device
) -> NDArray[np.float32]:
    """Return the labels that the teacher gives `rows`, [pairs, 3] with rows of sum 1."""
    return torch.softmax(logits(network, rows, training, device, "labels"), dim=-1).numpy()


def main(argv: Sequence[str] | None = None) -> int:
    """Train, label, export when asked, and return the exit code."""
    options = command.arguments("training.teacher", __doc__).parse_args(argv)
    return command.trained(
        options, TeacherRecipe, fit, pseudo_labels.publish, lambda chosen: pseudo_labels.FOLDER
    )


if __name__ == "__main__":
    raise SystemExit(main())
