"""Train the entailment model: LoRA and a head on multilingual-e5-small, as a cross-encoder.

python -m training.entailment training/configs/entailment-e5.yaml --data-dir ../shared/datasets
accelerate launch --multi_gpu --num_processes 2 -m training.entailment CONFIG --data-dir DIR
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
from pydantic import Field

from samovar import catalog
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.pairs.calibration import Temperatures
from samovar.models.pairs.entailment import HEAD, LABELS, ROLE, PairTokenizer, padded
from samovar.models.pairs.entailment_network import CrossEncoder
from samovar.settings import Settings
from training.corpora import snli, sources
from training.corpora.pair import NliPair
from training.frame import backbone, command, export
from training.frame.batches import Planned
from training.frame.calibration import temperatures
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.inference import pseudo_labels, sets
from training.lessons.inference.crossed import Texts
from training.lessons.inference.natural_inference import (
    CLASSES,
    OPEN,
    mirrored,
    pair_loss,
    parts,
    targets,
    validation_metrics,
)
from training.lessons.inference.pseudo_labelled_pairs import pairs_to_label, scenes

PSEUDO_LABELLED = "pseudo_labelled"
"""Origin, and name in run.json, of pairs that a teacher has labelled."""
VALIDATED = 64
"""Pairs a batch of validation."""
Row = tuple[list[int], list[int]]
"""Ids and segments of one pair, as serving makes them."""


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
    files = further_files(chosen, options.data_dir, settings)
    with command.run_of(options, chosen, sets.files(options.data_dir) | files) as run:
        pairs = sets.training_pairs(options.data_dir)
        training, held = parts(pairs, chosen.held_out)
        more, asked, said = further_pairs(files, pairs, options.data_dir, chosen.held_out)
        training = (training + mirrored(training)) * chosen.repeated + more
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        tokenizer = PairTokenizer(folder / "tokenizer.json", base)
        rows, kept = (tokenizer.rows([_texts(p) for p in part]) for part in (training, held))
        rows += tokenizer.rows(asked)
        aims = torch.cat([targets([pair.label for pair in training]), said])
        known = [CLASSES[pair.label] for pair in held]
        run.facts.update(_facts(training, held, asked))
        network = crossed(chosen, folder, run)

        def validate(model: Any) -> dict[str, float]:
            outputs = logits(model, kept, run.device)
            return validation_metrics(outputs, torch.tensor(known), [pair.origin for pair in held])

        def loss(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
            inputs = (batch["input_ids"], batch["attention_mask"], batch["segments"])
            return pair_loss(model(*inputs), batch["targets"], chosen.smoothing)

        plan = Planned([*zip(rows, aims, strict=True)], _length, tensors, chosen.training)
        train(network, plan, loss, chosen.training, run, validate)
        if run.main:
            network.eval()
            fitted = temperatures(logits(network, kept, run.device).numpy(), np.array(known))
            run.facts["temperatures"] = [fitted.sure, fitted.torn]
            _write(network, chosen, fitted, run.folder / "adapter")
    return run.folder


def further_files(chosen: EntailmentRecipe, data_dir: Path, settings: Settings) -> dict[str, Path]:
    """Return the files beside the data sets that the recipe asks for."""
    if not chosen.teacher:
        return {}
    labels = pseudo_labels.path(chosen.teacher, settings)
    return {PSEUDO_LABELLED: labels, snli.ORIGIN: snli.archive(data_dir)}


def further_pairs(
    files: Mapping[str, Path], pairs: Sequence[NliPair], data_dir: Path, percent: int
) -> tuple[list[NliPair], list[Texts], torch.Tensor]:
    """Return SNLI's pairs, what the teacher read, and what it said, [pairs, 5].

    Raises:
        SamovarError: a file is missing or damaged, or the data holds other pairs.
    """
    if not files:
        return [], [], torch.zeros(0, len(CLASSES))
    said = pseudo_labels.load(files[PSEUDO_LABELLED])
    more = scenes(files[snli.ORIGIN], data_dir, percent)
    texts = pairs_to_label(pairs, more, data_dir, percent, said.edits)
    aims = np.pad(said.of(texts), ((0, 0), (0, len(OPEN))))
    return more, texts, torch.from_numpy(aims)


def crossed(chosen: EntailmentRecipe, folder: Path, run: Run) -> CrossEncoder:
    """Return the base in `folder` under LoRA and a new head; only these are trained."""
    base = backbone.bert(folder, chosen.training, run.device, chosen.dropout)
    network = CrossEncoder(backbone.tuned(base, chosen.lora), base.config.hidden_size)
    with torch.no_grad():
        for weight in (network.dense.weight, network.out.weight):
            weight.mul_(chosen.head_scale)
    return network.to(run.device)


@torch.no_grad()
def logits(network: CrossEncoder, rows: Sequence[Row], device: torch.device) -> torch.Tensor:
    """Return the logits of `rows` in their order, float32 [pairs, 3]."""
    order = sorted(range(len(rows)), key=lambda at: len(rows[at][0]))
    outputs = torch.zeros(len(rows), len(LABELS))
    for start in range(0, len(order), VALIDATED):
        places = order[start : start + VALIDATED]
        inputs = {name: row.to(device) for name, row in _tensors([rows[p] for p in places]).items()}
        with torch.autocast(device.type, torch.bfloat16):
            outputs[places] = network(**inputs).float().cpu()
    return outputs


def _texts(pair: NliPair) -> Texts:
    return pair.premise, pair.hypothesis


def tensors(lessons: Sequence[tuple[Row, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return ids, mask and segments [pairs, tokens] and the targets [pairs, 5] of rows and their targets."""
    rows, aims = zip(*lessons, strict=True)
    return {**_tensors(rows), "targets": torch.stack(aims)}


def _length(lesson: tuple[Row, torch.Tensor]) -> int:
    return len(lesson[0][0])


def _tensors(rows: Sequence[Row]) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(values) for name, values in padded(rows).items()}


def _facts(
    training: Sequence[NliPair], held: Sequence[NliPair], asked: Sequence[Texts]
) -> dict[str, Any]:
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


def _write(
    network: CrossEncoder, chosen: EntailmentRecipe, fitted: Temperatures, folder: Path
) -> None:
    from peft import get_peft_model_state_dict

    encoder: Any = network.encoder
    tensors = get_peft_model_state_dict(encoder)
    own = dict(network.named_parameters())
    tensors |= {name: own[name.removeprefix("head.")] for name in HEAD}
    about = {
        "base": chosen.base,
        "role": ROLE,
        "labels": list(LABELS),
        "temperatures": [fitted.sure, fitted.torn],
        "languages": ["en", "ru"],
    }
    export.write(folder, encoder.peft_config["default"].to_dict(), tensors, about)


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.entailment", __doc__).parse_args(argv)
    return command.trained(options, EntailmentRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
