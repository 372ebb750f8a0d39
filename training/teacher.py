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

import torch
from pydantic import Field
from tqdm import tqdm

from samovar.models.pairs.entailment import LABELS
from samovar.settings import Settings
from training.corpora import snli, sources
from training.corpora.pair import NliPair
from training.frame import command
from training.frame.batches import Planned, padded
from training.frame.recipe import Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.inference import pseudo_labels, sets
from training.lessons.inference.crossed import Texts
from training.lessons.inference.natural_inference import (
    CLASSES,
    mirrored,
    pair_loss,
    parts,
    targets,
    validation_metrics,
)
from training.lessons.inference.pseudo_labelled_pairs import drawn, pairs_to_label, scenes
from training.lessons.inference.teacher_network import teacher

PAD = 1
"""Id that fills rows up: MPNet's own."""
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


def tensors(lessons: Sequence[tuple[list[int], torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return ids and mask [pairs, tokens] and the targets [pairs, 5] of rows and their targets."""
    rows, aims = zip(*lessons, strict=True)
    return {**filled(rows), "targets": torch.stack(aims)}


def filled(rows: Sequence[Sequence[int]]) -> dict[str, torch.Tensor]:
    """Return ids and mask [pairs, tokens] of `rows`."""
    return {
        "input_ids": padded(rows, PAD),
        "attention_mask": padded([[1] * len(row) for row in rows], 0),
    }


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
        training, held = (_suitable(part, chosen) for part in parts(pairs, chosen.held_out))
        more = scenes(archive, options.data_dir, chosen.held_out)
        training = (training + mirrored(training)) * chosen.repeated + more
        edits = drawn(pairs, chosen.held_out, chosen.training.seed)
        asked = pairs_to_label(pairs, more, options.data_dir, chosen.held_out, edits)
        opened = teacher(options.base, settings)
        network = opened.network.to(run.device)
        read, kept = (opened.rows(texts(part)) for part in (training, held))
        run.facts["pairs"] = _counts(training, held, asked)
        run.facts["sources"] = sources.attribution(pair.origin for pair in training)

        def validate(model: Any) -> dict[str, float]:
            known = torch.tensor([CLASSES[pair.label] for pair in held])
            origins = [pair.origin for pair in held]
            return validation_metrics(logits(model, kept, run), known, origins)

        def loss(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
            outputs = model(batch["input_ids"], batch["attention_mask"])
            return pair_loss(outputs, batch["targets"], chosen.smoothing)

        lessons = [*zip(read, targets([pair.label for pair in training]), strict=True)]
        plan = Planned(lessons, lambda lesson: len(lesson[0]), tensors, chosen.training)
        train(network, plan, loss, chosen.training, run, validate)
        if run.main and not labelled:
            network.eval()
            soft = torch.softmax(logits(network, opened.rows(asked), run, "labels"), dim=-1).numpy()
            pseudo_labels.write(run.folder / pseudo_labels.FILE, asked, soft, edits)
    return run.folder


def texts(pairs: Sequence[NliPair]) -> list[Texts]:
    """Return what a teacher reads of `pairs`."""
    return [(pair.premise, pair.hypothesis) for pair in pairs]


@torch.no_grad()
def logits(
    network: torch.nn.Module, rows: Sequence[list[int]], run: Run, shown: str = ""
) -> torch.Tensor:
    """Return the logits of `rows` in their order, float32 [pairs, 3], under a bar that says `shown`."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    outputs = torch.zeros(len(rows), len(LABELS))
    for start in tqdm(range(0, len(order), INFERRED), shown, disable=not shown, mininterval=30):
        places = order[start : start + INFERRED]
        batch = filled([rows[at] for at in places])
        inputs = {name: tensor.to(run.device) for name, tensor in batch.items()}
        with torch.autocast(run.device.type, torch.bfloat16):
            outputs[places] = network(**inputs).float().cpu()
    return outputs


def _suitable(pairs: Sequence[NliPair], chosen: TeacherRecipe) -> list[NliPair]:
    return [
        pair
        for pair in pairs
        if pair.origin in chosen.origins
        and pair.language == "en"
        and CLASSES[pair.label] < len(LABELS)
    ]


def _counts(
    training: Sequence[NliPair], held: Sequence[NliPair], asked: Sequence[Texts]
) -> dict[str, Any]:
    origins = Counter(pair.origin for pair in training)
    return {
        "training": len(training),
        "validation": len(held),
        "pseudo_labelled": len(asked),
        "origins": dict(sorted(origins.items())),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Train, label, export when asked, and return the exit code."""
    options = command.arguments("training.teacher", __doc__).parse_args(argv)
    return command.trained(
        options, TeacherRecipe, fit, pseudo_labels.publish, lambda chosen: pseudo_labels.FOLDER
    )


if __name__ == "__main__":
    raise SystemExit(main())
