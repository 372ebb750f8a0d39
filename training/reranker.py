"""Train the cross-encoder of search: LoRA and a head on multilingual-e5-small, texts ranked in groups.

python -m training.reranker training/configs/rerank-e5.yaml --data-dir ../shared/datasets --export
accelerate launch --multi_gpu --num_processes 2 -m training.reranker CONFIG --data-dir DIR
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

import torch
from pydantic import Field
from torch.nn import functional

from samovar import catalog
from samovar.models.encoders import encoding
from samovar.models.encoders.bert_adapter import LAYER_NAMES
from samovar.models.files.adapters import FILES
from samovar.models.pairs.network import PairNetwork
from samovar.models.pairs.reranker import FORM, LABELS, ROLE
from samovar.models.pairs.rows import PairTokenizer
from samovar.models.shelf import Shelf
from samovar.settings import Settings
from training.corpora import questions, sources
from training.frame import backbone, command, export, warm_start
from training.frame.batches import Planned, ordered
from training.frame.curves import by_origin
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.retrieval.groups import Group, grouped
from training.lessons.retrieval.held_out import parts
from training.lessons.retrieval.ranking import Rows, longest, loss, rows, scores, tensors

VALIDATED = 8
"""Groups a batch of validation."""


@dataclass(frozen=True, slots=True)
class RerankRecipe:
    """Describe one adapter of a reranker."""

    name: str
    """Of the adapter: its folder in assets/adapters, and its row in the catalog."""
    base: str = "multilingual-e5-small"
    """The encoder that the tools have in memory anyway: a hundred languages in 12 layers of 384."""
    start: str = ""
    """Adapter whose matrices and head are the first ones. The entailment model already holds two texts
    against each other; half an hour of a CPU is little to learn that anew. Without: random ones."""
    most: Annotated[int, Field(ge=1, le=10**6)] = 1200
    """Questions of one data set, drawn once, each read with every text of its group: what two cores
    manage in half an hour."""
    negatives: Annotated[int, Field(ge=1, le=63)] = 5
    """Wrong texts beside the right one. More of them cost more questions."""
    longest: Annotated[int, Field(ge=16, le=512)] = 176
    """Tokens of a pair while it trains; serving reads more of a long passage."""
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Of the base itself: a low-rank update of so small an encoder fits too little rather than too much."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 5
    """Per cent of the topics that do not train: the same ones as the encoder of search holds out, so
    that neither has read the questions that choose the reranker's weight. They draw the curve, too,
    where of TERRa and XNLI the model that it starts from may have read some."""
    validated: Annotated[int, Field(ge=1, le=10**6)] = 24
    """Questions of one data set that draw the curve."""
    lora: Lora = field(default_factory=lambda: Lora(layers=LAYER_NAMES))
    training: Training = field(default_factory=Training)


def fit(chosen: RerankRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    first = warm_start.starting_adapter(chosen.start, settings) if chosen.start else None
    files = questions.files(options.data_dir) | ({"start": first.path / FILES[1]} if first else {})
    with command.run_of(options, chosen, files) as run:
        training, held = divided(chosen, options.data_dir, settings)
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        form = replace(FORM, longest=chosen.longest)
        tokenizer = PairTokenizer(folder / "tokenizer.json", base, form)
        batches = Planned(rows(training, tokenizer), longest, tensors, chosen.training)
        kept, origins = rows(held, tokenizer), [group.origin for group in held]
        own = sources.attribution(group.origin for group in training)
        inherited = warm_start.sources(first) if first else []
        run.facts["groups"] = counts(training, held)
        run.facts["sources"] = [*dict.fromkeys([*own, *inherited])]

        network = ranked(chosen, folder, run)
        if first:
            warm_start.warmed(network, first)

        def group_loss(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
            return loss(scores(model, batch))

        def validate(model: Any) -> dict[str, float]:
            return validation_metrics(model, kept, origins, run.device)

        train(network, batches, group_loss, chosen.training, run, validate)

        if run.main:
            write(network, chosen, run.folder / "adapter")
    return run.folder


def divided(
    chosen: RerankRecipe, data: Path, settings: Settings
) -> tuple[list[Group], list[Group]]:
    """Return the groups that train, and those of the topics that are held out."""
    encoder = Shelf(settings).encoder(chosen.base)
    both = parts(questions.topics(data), chosen.held_out)
    sizes, seed = (chosen.most, chosen.validated), chosen.training.seed
    training, held = (
        grouped(topics, encoder, most, chosen.negatives, seed)
        for topics, most in zip(both, sizes, strict=True)
    )
    return training, held


def counts(training: Sequence[Group], held: Sequence[Group]) -> dict[str, Any]:
    """Return how many groups and pairs of which origin train, and how many groups validate."""
    origins = Counter(group.origin for group in training)
    return {
        "training": len(training),
        "pairs": sum(len(group.texts) for group in training),
        "validation": len(held),
        "origins": dict(sorted(origins.items())),
    }


def ranked(chosen: RerankRecipe, folder: Path, run: Run) -> PairNetwork:
    """Return the base in `folder` under LoRA and a new head; only these are trained."""
    base = backbone.bert(folder, chosen.training, run.device, chosen.dropout)
    encoder = backbone.tuned(base, chosen.lora)
    return PairNetwork(encoder, base.config.hidden_size, len(LABELS)).to(run.device)


@torch.no_grad()
def validation_metrics(
    model: Any, groups: Sequence[Rows], origins: Sequence[str], device: torch.device
) -> dict[str, float]:
    """Return the loss and the share of questions whose right text has the highest score."""
    losses, right = torch.zeros(len(groups)), torch.zeros(len(groups))
    for places, batch in ordered(groups, longest, tensors, VALIDATED, device):
        logits = scores(model, batch).cpu()
        losses[places] = -functional.log_softmax(logits, dim=-1)[:, 0]
        right[places] = (logits.argmax(dim=-1) == 0).float()
    return {
        "validation_loss": losses.mean().item(),
        "validation_right": right.mean().item(),
        **by_origin(right, origins),
    }


def write(network: PairNetwork, chosen: RerankRecipe, folder: Path) -> None:
    """Write the adapter with its head into `folder`."""
    about = {
        "base": chosen.base,
        "role": ROLE,
        "labels": list(LABELS),
        "languages": list(questions.LANGUAGES),
    }
    export.adapter(folder, network.encoder, about, network.head())


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.reranker", __doc__).parse_args(argv)
    return command.trained(options, RerankRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
