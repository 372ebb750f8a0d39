"""What every recipe has in common, and the strict reader of its YAML file.

A recipe is a frozen record whose docstrings say why a value was chosen; the YAML file of a model
holds its name, its base, its data and what differs from these defaults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import Field

from samovar import schema
from samovar.errors import InputError, StoreError
from samovar.phrases import Phrase

Kind = TypeVar("Kind")

UNREADABLE = Phrase("{path} cannot be read: {why}.", "Не удалось прочитать {path}: {why}.")
LOOK = Phrase("The recipes are in training/configs/.", "Рецепты лежат в training/configs/.")
TWICE = Phrase("The key `{key}` stands twice in {path}.", "Ключ «{key}» стоит в {path} дважды.")
KEEP_ONE = Phrase("Keep one of them.", "Оставьте один из них.")
EXPONENT = re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]+$")
"""2e-4, which PyYAML takes for a text because it has no point."""


@dataclass(frozen=True, slots=True)
class Lora:
    """Shape the low-rank update of the chosen linear layers (Hu et al. 2021)."""

    rank: Annotated[int, Field(ge=1, le=256)] = 16
    """16 on all linear layers of SmolLM2-135M are 4.9 M weights: 9.8 MB as bf16, under the 10 MB limit."""
    alpha: Annotated[int, Field(ge=1, le=1024)] = 32
    """The update counts alpha / rank = 2 times, so that the rank may change at the same learning rate."""
    dropout: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Zero: one or two epochs over thousands of pairs hardly overfit, and it costs time on a CPU."""
    layers: tuple[str, ...] = (
        *("q_proj", "k_proj", "v_proj", "o_proj"),
        *("gate_proj", "up_proj", "down_proj"),
    )
    """All linear layers: attention alone learns less at the same size (Dettmers et al. 2023, QLoRA)."""


@dataclass(frozen=True, slots=True)
class Training:
    """Say how the trainable weights are optimised, on whatever machine."""

    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """Of the first weights, the order of the data and the dropout of every step."""
    epochs: Annotated[int, Field(ge=1, le=1000)] = 2
    """Small models still gain in the second pass; later ones mostly learn by heart."""
    batch: Annotated[int, Field(ge=1, le=4096)] = 32
    """Examples a step over all processes; similar lengths share a batch, so little is padding."""
    at_once: Annotated[int, Field(ge=0, le=4096)] = 0
    """Examples of a batch that pass through the model together, which decides how much memory it takes; 0:
    all. The gradient is the same for a loss that is a mean over rows, not where rows are compared."""
    learning_rate: Annotated[float, Field(ge=0, le=1)] = 3e-4
    """The highest one. Adapters stand ten times the rate of full fine-tuning (Hu et al. 2021)."""
    warmup: Annotated[float, Field(ge=0, le=1)] = 0.05
    """Share of the steps in which the rate rises from zero: Adam's first estimates are noisy."""
    schedule: Literal["cosine", "linear", "constant"] = "cosine"
    """How the rate falls to zero after the warm-up: the last steps then average out the noise."""
    weight_decay: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Of matrices only. Zero: a low-rank update is restrained by its rank."""
    clip: Annotated[float, Field(ge=0, le=1000)] = 1.0
    """Longest gradient (L2 norm); one odd batch then cannot undo many steps. 0 switches it off."""
    precision: Literal["auto", "bf16", "fp32"] = "bf16"
    """Of the frozen base and of the products; the trained weights are always kept in fp32, because
    small updates vanish in bf16. fp32 is for CPUs without bf16, two to three times slower elsewhere;
    auto asks the machine."""
    quantise: Literal["auto", "nf4", "none"] = "auto"
    """NF4 with double quantisation (QLoRA) on a GPU. On a CPU none, where NF4 is slower, unless the memory
    does not hold the weights unpacked."""
    optimiser: Literal["auto", "adamw", "paged-adamw-8bit"] = "auto"
    """On a GPU the 8-bit one whose state moves to main memory when the GPU is full; AdamW on a CPU."""
    log_every: Annotated[int, Field(ge=1, le=10**6)] = 10
    """Steps whose mean loss is one point of the curve."""
    validate_every: Annotated[int, Field(ge=1, le=10**6)] = 100
    """Steps between two measurements on held-out data; one more follows the last step."""
    save_every: Annotated[int, Field(ge=1, le=10**6)] = 50
    """Steps that a crash may cost; a checkpoint is some 60 MB and takes a fraction of a second."""


def load(path: Path, kind: type[Kind]) -> Kind:
    """Return the recipe in the YAML file `path` as a record of `kind`.

    Raises:
        StoreError: the file is missing or no YAML.
        InputError: an unknown, doubled or missing key, another type, or a number out of its range.
    """
    try:
        with path.open(encoding="utf-8") as source:
            values = yaml.load(source, _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        why = " ".join((getattr(error, "strerror", None) or str(error)).split())
        raise StoreError(UNREADABLE, LOOK, path=path, why=why) from error
    return schema.record(values, kind, exact=True)


class _Loader(yaml.SafeLoader):
    """Read YAML with 2e-4 a number; refuse a key that stands twice, of which PyYAML takes the last."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [*rows, ("tag:yaml.org,2002:float", EXPONENT)]
        for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise InputError(TWICE, KEEP_ONE, key=key, path=node.start_mark.name)
        return super().construct_mapping(node, deep)
