"""Train a chat model to reword requests and to tell whether a rewording keeps the meaning: one adapter.

python -m training.requests training/configs/requests-qwen.yaml --export
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import torch
from pydantic import Field
from sklearn.metrics import average_precision_score

from samovar import catalog
from samovar.models.chat.vocabulary import Vocabulary
from samovar.models.files.adapters import FILES
from samovar.models.files.dequantised import dequantised
from samovar.phrases import LANGUAGES
from samovar.settings import ROOT, Settings
from training.corpora import requests, sources
from training.frame import backbone, command, export, warm_start
from training.frame.batches import Planned
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.requests.trees import (
    Tree,
    Verdicts,
    batch,
    probabilities,
    tree_loss,
    trees,
)


@dataclass(frozen=True, slots=True)
class RequestsRecipe:
    """Describe one adapter that rewords and verifies."""

    name: str
    """Of the adapter: its folder in assets/adapters."""
    base: str
    """Id of a chat model of the catalog."""
    words: Annotated[float, Field(ge=0, le=10)] = 0.3
    """Weight of the loss of the rewordings' tokens beside that of the verdicts: there are thirty times as
    many tokens, and the model could reword before."""
    longest: Annotated[int, Field(ge=32, le=4096)] = 512
    """Tokens of a request with all its texts; texts beyond are left out."""
    first_layer: Annotated[int, Field(ge=0, le=200)] = 0
    """Layers below stay as they are: they hold words rather than meaning, and nothing flows back there."""
    parts: tuple[str, ...] = requests.PARTS
    """Which files of data/requests train, by the beginnings of their names."""
    start: str = ""
    """Folder of the adapter whose matrices are the first ones, seen from the repository: data that came
    later is learnt without reading the earlier again. Without: random ones."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 6
    """Per cent of the requests that only validate."""
    lora: Lora = field(default_factory=Lora)
    training: Training = field(default_factory=Training)


def fit(chosen: RequestsRecipe, options: Namespace, settings: Settings) -> Path:
    """Train as `chosen` says and return the folder of the run, which then holds adapter/.

    Raises:
        SamovarError: data or weights are missing or bad, or the folder holds another run.
    """
    first = ROOT / chosen.start if chosen.start else None
    files = requests.files(chosen.parts) | ({"start": first / FILES[1]} if first else {})
    with command.run_of(options, chosen, files) as run:
        pairs = [
            pair for language in LANGUAGES for pair in requests.training(language, chosen.parts)
        ]
        training, held = requests.parts(pairs, chosen.held_out)
        base = catalog.model(chosen.base)
        folder = options.base or dequantised(base, settings)
        vocabulary = Vocabulary(folder)
        dialogue, verdicts = vocabulary.dialogue(base.context), Verdicts.of(vocabulary)
        rows, kept = (
            trees(part, vocabulary, dialogue, chosen.longest) for part in (training, held)
        )
        run.facts["pairs"] = {"training": len(training), "validation": len(held)}
        run.facts["sources"] = sources.attribution({"samovar"})
        model = adapted(chosen, folder, run)
        if first:
            warm_start.copied(model, first)
        run.facts["base_weights"] = backbone.kept_as(model)

        def loss(model: Any, tensors: Any) -> torch.Tensor:
            return tree_loss(model, tensors, verdicts, chosen.words)

        def validate(model: Any) -> dict[str, float]:
            found = probabilities(model, kept, verdicts, chosen.training.batch, run.device)
            return metrics(kept, found)

        batches = Planned(rows, lambda tree: tree.length, batch, chosen.training)
        train(model, batches, loss, chosen.training, run, validate)
        if run.main:
            own = {"base": chosen.base, "role": "chat", "format": "requests"}
            export.adapter(run.folder / "adapter", model, {**own, "languages": list(LANGUAGES)})
    return run.folder


def metrics(kept: Sequence[Tree], found: Sequence[Sequence[float]]) -> dict[str, float]:
    """Return loss, accuracy and average precision of the verdicts about held-out requests."""
    right = [branch.same for tree in kept for branch in tree.branches]
    said = torch.tensor([chance for row in found for chance in row], dtype=torch.float64)
    aims = torch.tensor(right, dtype=torch.float64)
    return {
        "validation_loss": torch.nn.functional.binary_cross_entropy(said, aims).item(),
        "validation_accuracy": ((said > 0.5) == (aims > 0.5)).double().mean().item(),
        "validation_average_precision": float(average_precision_score(right, said.tolist())),
    }


def adapted(chosen: RequestsRecipe, folder: Path, run: Run) -> Any:
    """Return the base in `folder` under a new LoRA adapter, whose weights alone are trained."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    base = backbone.load(AutoModelForCausalLM, folder, chosen.training, run.device)
    lora = chosen.lora
    config = LoraConfig(
        task_type="CAUSAL_LM",
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules=list(lora.layers),
        layers_to_transform=list(range(chosen.first_layer, base.config.num_hidden_layers)),
    )
    return get_peft_model(base, config)


def main(argv: Sequence[str] | None = None) -> int:
    """Train, export when asked, and return the exit code."""
    options = command.arguments("training.requests", __doc__).parse_args(argv)
    return command.trained(options, RequestsRecipe, fit)


if __name__ == "__main__":
    raise SystemExit(main())
