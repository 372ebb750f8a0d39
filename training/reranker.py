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
from samovar.models.pairs.rows import PairTokenizer, Row, padded
from samovar.models.shelf import Shelf
from samovar.settings import Settings
from training.corpora import questions, sources
from training.encoder import parts
from training.frame import backbone, command, export, warm_start
from training.frame.batches import Planned
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.retrieval.groups import Group, grouped

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


Rows = list[Row]
"""The pairs of one group, the right text first."""


def tensors(groups: Sequence[Rows]) -> dict[str, torch.Tensor]:
    """Return ids, mask and segments, [groups, pairs, tokens]; a pair that is missing has no tokens."""
    pairs = max(map(len, groups))
    flat = [row for rows in groups for row in (*rows, *[([], [])] * (pairs - len(rows)))]
    shape = (len(groups), pairs, -1)
    return {name: torch.from_numpy(row).view(shape) for name, row in padded(flat).items()}


def scores(network: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """Return the logit of every pair, float32 [groups, pairs]; -inf where there is none."""
    names = ("input_ids", "attention_mask", "segments")
    there = batch["attention_mask"].any(dim=-1)
    logits = network(*(batch[name][there] for name in names))[:, 0].float()
    empty = torch.full(there.shape, float("-inf"), device=there.device)
    return empty.masked_scatter(there, logits)


def loss(found: torch.Tensor) -> torch.Tensor:
    """Return the mean cross-entropy of the first of each group over all, of logits [groups, pairs].

    It is the listwise loss of ListNet with one right text (Cao et al. 2007).
    """
    right = torch.zeros(len(found), dtype=torch.int64, device=found.device)
    return functional.cross_entropy(found, right)


def fit(chosen: RerankRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    first = warm_start.found(chosen.start, settings) if chosen.start else None
    files = questions.files(options.data_dir) | ({"start": first.path / FILES[1]} if first else {})
    with command.opened(options, chosen, files) as run:
        base = catalog.model(chosen.base)
        folder = options.base or encoding.folder(base, settings)
        training, held = _groups(chosen, options.data_dir, settings)
        form = replace(FORM, longest=chosen.longest)
        tokenizer = PairTokenizer(folder / "tokenizer.json", base, form)
        run.facts["groups"] = _counts(training, held)
        said = sources.attribution(group.origin for group in training)
        run.facts["sources"] = [
            *dict.fromkeys([*said, *(warm_start.sources(first) if first else ())])
        ]
        network = ranked(chosen, folder, run)
        if first:
            warm_start.warmed(network, first, chosen.lora)
        kept, origins = rows(held, tokenizer), [group.origin for group in held]

        def validate(model: Any) -> dict[str, float]:
            return measured(model, kept, origins, run.device)

        def group_loss(model: Any, batch: Mapping[str, torch.Tensor]) -> torch.Tensor:
            return loss(scores(model, batch))

        steps = Planned(rows(training, tokenizer), _length, tensors, chosen.training)
        train(network, steps, group_loss, chosen.training, run, validate)
        if run.main:
            write(network, chosen, run.folder / "adapter")
    return run.folder


def ranked(chosen: RerankRecipe, folder: Path, run: Run) -> PairNetwork:
    """Return the base in `folder` under LoRA and a new head; only these are trained."""
    base = backbone.bert(folder, chosen.training, run.device, chosen.dropout)
    encoder = backbone.tuned(base, chosen.lora)
    return PairNetwork(encoder, base.config.hidden_size, len(LABELS)).to(run.device)


def rows(groups: Sequence[Group], tokenizer: PairTokenizer) -> list[Rows]:
    """Return the pairs of each group as serving reads them."""
    found = tokenizer.rows([(text, one.question) for one in groups for text in one.texts])
    each = iter(found)
    return [[next(each) for _ in one.texts] for one in groups]


@torch.no_grad()
def measured(
    model: Any, groups: Sequence[Rows], origins: Sequence[str], device: torch.device
) -> dict[str, float]:
    """Return the loss and the share of questions whose right text has the highest score."""
    losses, right = torch.zeros(len(groups)), torch.zeros(len(groups))
    order = sorted(range(len(groups)), key=lambda at: max(len(ids) for ids, _ in groups[at]))
    for start in range(0, len(order), VALIDATED):
        places = order[start : start + VALIDATED]
        batch = {n: row.to(device) for n, row in tensors([groups[at] for at in places]).items()}
        found = scores(model, batch).cpu()
        losses[places] = -functional.log_softmax(found, dim=-1)[:, 0]
        right[places] = (found.argmax(dim=-1) == 0).float()
    own = {
        name: [at for at, one in enumerate(origins) if one == name] for name in sorted({*origins})
    }
    return {
        "validation_loss": losses.mean().item(),
        "validation_right": right.mean().item(),
        **{f"validation_{name}": right[places].mean().item() for name, places in own.items()},
    }


def write(network: PairNetwork, chosen: RerankRecipe, folder: Path) -> None:
    """Write the adapter with its head into `folder`."""
    from peft import get_peft_model_state_dict

    encoder: Any = network.encoder
    held = {**get_peft_model_state_dict(encoder), **network.head()}
    about = {
        "base": chosen.base,
        "role": ROLE,
        "labels": list(LABELS),
        "languages": list(questions.LANGUAGES),
    }
    export.write(folder, encoder.peft_config["default"].to_dict(), held, about)


def _length(rows: Rows) -> int:
    return max(len(ids) for ids, _ in rows)


def _groups(
    chosen: RerankRecipe, data: Path, settings: Settings
) -> tuple[list[Group], list[Group]]:
    """Return the groups that train, and those of the topics that are held out."""
    encoder = Shelf(settings).encoder(chosen.base)
    both = parts(questions.topics(data), chosen.held_out)
    sizes, seed = (chosen.most, chosen.validated), chosen.training.seed
    training, held = (
        grouped(some, encoder, most, chosen.negatives, seed)
        for some, most in zip(both, sizes, strict=True)
    )
    return training, held


def _counts(training: Sequence[Group], held: Sequence[Group]) -> dict[str, Any]:
    origins = Counter(group.origin for group in training)
    return {
        "training": len(training),
        "pairs": sum(len(group.texts) for group in training),
        "validation": len(held),
        "origins": dict(sorted(origins.items())),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.reranker", __doc__).parse_args(argv)
    return command.trained(options, RerankRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
