"""An adapter that says yes or no behind what stands in a prompt: its recipe, its training and its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import torch
from pydantic import Field
from sklearn.metrics import average_precision_score

from samovar.models.files.adapters import FILES
from samovar.phrases import LANGUAGES
from samovar.settings import ROOT
from training.frame import backbone, export, warm_start
from training.frame.batches import Planned
from training.frame.recipe import Lora, Training
from training.frame.run import Run
from training.frame.trainer import train
from training.lessons.chat.trees import Tree, Verdicts, batch, probabilities, tree_loss


@dataclass(frozen=True, slots=True)
class VerdictRecipe:
    """Describe one adapter that says yes or no."""

    name: str
    """Of the adapter: its folder in assets/adapters."""
    base: str
    """Id of a chat model of the catalog."""
    words: Annotated[float, Field(ge=0, le=10)] = 0.3
    """Weight of the loss of the tokens of what holds beside that of the verdicts: there are thirty times as
    many, and the model could write before. 0: it does not learn to write."""
    longest: Annotated[int, Field(ge=32, le=4096)] = 512
    """Tokens of a prompt with all its texts; texts beyond are left out."""
    first_layer: Annotated[int, Field(ge=0, le=200)] = 0
    """Layers below stay as they are: they hold words rather than meaning, and nothing flows back there."""
    start: str = ""
    """Folder of the adapter whose matrices are the first ones, seen from the repository: what came later is
    learnt without reading the earlier again. Without: random ones."""
    held_out: Annotated[int, Field(ge=1, le=50)] = 6
    """Per cent of the prompts that only validate."""
    lora: Lora = field(default_factory=Lora)
    training: Training = field(default_factory=Training)


def start(chosen: VerdictRecipe) -> Mapping[str, Path]:
    """Return the file of the adapter from which `chosen` starts, by name; nothing where it has none."""
    return {"start": ROOT / chosen.start / FILES[1]} if chosen.start else {}


def learn(
    chosen: VerdictRecipe,
    run: Run,
    folder: Path,
    rows: Sequence[Tree],
    kept: Sequence[Tree],
    verdicts: Verdicts,
    form: str,
) -> None:
    """Train the base in `folder` on `rows`, validate on `kept`, and write the adapter of `form` into the run.

    Raises:
        SamovarError: the weights are bad, or the adapter to start from is.
    """
    model = adapted(chosen, folder, run)
    if chosen.start:
        warm_start.copied(model, ROOT / chosen.start)
    run.facts["base_weights"] = backbone.kept_as(model)
    size = chosen.training.at_once or chosen.training.batch

    def loss(model: Any, tensors: Any) -> torch.Tensor:
        return tree_loss(model, tensors, verdicts, chosen.words)

    def validate(model: Any) -> dict[str, float]:
        return metrics(kept, probabilities(model, kept, verdicts, size, run.device))

    batches = Planned(rows, lambda tree: tree.length, batch, chosen.training)
    train(model, batches, loss, chosen.training, run, validate)
    if run.main:
        own = {"base": chosen.base, "role": "chat", "format": form}
        export.adapter(run.folder / "adapter", model, {**own, "languages": list(LANGUAGES)})


def metrics(kept: Sequence[Tree], found: Sequence[Sequence[float]]) -> dict[str, float]:
    """Return loss, accuracy and average precision of the verdicts about what is held out."""
    right = [branch.holds for tree in kept for branch in tree.branches]
    said = torch.tensor([chance for row in found for chance in row], dtype=torch.float64)
    aims = torch.tensor(right, dtype=torch.float64)
    return {
        "validation_loss": torch.nn.functional.binary_cross_entropy(said, aims).item(),
        "validation_accuracy": ((said > 0.5) == (aims > 0.5)).double().mean().item(),
        "validation_average_precision": float(average_precision_score(right, said.tolist())),
    }


def adapted(chosen: VerdictRecipe, folder: Path, run: Run) -> Any:
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
