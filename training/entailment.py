"""Train the entailment model: LoRA and a head on multilingual-e5-small, as a cross-encoder.

python -m training.entailment training/configs/entailment-e5.yaml --data-dir ../shared/datasets
accelerate launch --multi_gpu --num_processes 2 -m training.entailment CONFIG --data-dir DIR
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
from pydantic import Field

from samovar import catalog
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.pairs.entailment import PairTokenizer
from samovar.settings import Settings
from training.corpora import sources
from training.corpora.pair import NliPair
from training.frame import command
from training.frame.batches import Planned
from training.frame.calibration import temperatures
from training.frame.recipe import Lora, Training
from training.frame.trainer import train
from training.lessons.inference import sets
from training.lessons.inference.cross_encoder import (
    cross_encoder,
    logits,
    loss_of,
    tensors,
    tokens,
    write,
)
from training.lessons.inference.crossed import Texts
from training.lessons.inference.natural_inference import (
    CLASSES,
    mirrored,
    parts,
    targets,
    texts,
    validation_metrics,
)
from training.lessons.inference.pseudo_labelled_pairs import (
    PSEUDO_LABELLED,
    further_files,
    further_pairs,
)


@dataclass(frozen=True, slots=True)
class EntailmentRecipe:
    """Describe one entailment adapter."""

    name: str
    """Of the adapter: its folder in assets/adapters, and its row in the catalog."""
    base: str = "multilingual-e5-small"
    """The encoder that the tools have in memory anyway: a hundred languages in 12 layers of 384."""
    smoothing: Annotated[float, Field(ge=0, le=0.5)] = 0.05
    """Share of a label spread over all three: the sets disagree about neutral, and probabilities
    that never reach 1 need milder temperatures afterwards."""
    head_scale: Annotated[float, Field(ge=0.01, le=100)] = 1.0
    """Factor of the head's first weights: 1 leaves torch's own initialisation."""
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Of the base itself, which was trained with 0.1: a low-rank update of so small an encoder fits
    too little rather than too much, and random numbers cost a CPU a third of a step."""
    teacher: str = ""
    """Folder in assets/pseudo-labels: its labels of unlabelled pairs train as well, and the fifth of SNLI
    that trained the teacher, because the sets in `--data-dir` know too few scenes; without: neither."""
    repeated: Annotated[int, Field(ge=1, le=10)] = 1
    """Times that an epoch reads the pairs of the sets in `--data-dir`; those of the teacher and of SNLI,
    which are many and much alike, come once."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 6
    """Per cent of the training premises that only validate: they draw the curve and fit the
    temperatures, so that the evaluation sets see a finished model."""
    lora: Lora = field(default_factory=lambda: Lora(layers=LAYER_NAMES))
    training: Training = field(default_factory=Training)


def fit(chosen: EntailmentRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    files = further_files(chosen.teacher, options.data_dir, settings)
    with command.run_of(options, chosen, sets.files(options.data_dir) | files) as run:
        pairs = sets.training_pairs(options.data_dir)
        training, held = parts(pairs, chosen.held_out)
        more, asked, said = further_pairs(files, pairs, options.data_dir, chosen.held_out)
        training = (training + mirrored(training)) * chosen.repeated + more
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        tokenizer = PairTokenizer(folder / "tokenizer.json", base)
        rows = tokenizer.rows([*texts(training), *asked])
        aims = torch.cat([targets([pair.label for pair in training]), said])
        kept, known = tokenizer.rows(texts(held)), [CLASSES[pair.label] for pair in held]
        run.facts.update(facts(training, held, asked))

        network = cross_encoder(folder, chosen.lora, chosen.training, chosen.dropout, run)
        with torch.no_grad():
            for weight in (network.dense.weight, network.out.weight):
                weight.mul_(chosen.head_scale)

        def validate(model: Any) -> dict[str, float]:
            outputs = logits(model, kept, chosen.training, run.device)
            return validation_metrics(outputs, torch.tensor(known), [pair.origin for pair in held])

        lessons = [*zip(rows, aims, strict=True)]
        batches = Planned(lessons, lambda lesson: tokens(lesson[0]), tensors, chosen.training)
        train(network, batches, loss_of(chosen.smoothing), chosen.training, run, validate)

        if run.main:
            outputs = logits(network.eval(), kept, chosen.training, run.device)
            fitted = temperatures(outputs.numpy(), np.array(known))
            run.facts["temperatures"] = [fitted.sure, fitted.torn]
            write(network, chosen.base, fitted, run.folder / "adapter")
    return run.folder


def facts(
    training: Sequence[NliPair], held: Sequence[NliPair], asked: Sequence[Texts]
) -> dict[str, Any]:
    """Return what run.json says of the pairs that are learnt, held out and labelled by the teacher."""
    origins = Counter(pair.origin for pair in training)
    return {
        "pairs": {
            "training": len(training),
            "validation": len(held),
            "origins": dict(sorted(origins.items())),
            PSEUDO_LABELLED: len(asked),
        },
        "sources": sources.attribution({*origins, *([PSEUDO_LABELLED] if asked else [])}),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.entailment", __doc__).parse_args(argv)
    return command.trained(options, EntailmentRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
