"""The model under its vocabulary: which of its weights a stage trains, and what it has learned so far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from training.frame import backbone
from training.frame.recipe import Lora, Training

MATRIX = "matrix"
"""Name of the embedding matrix in a state; the output layer is the same one."""
ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")


def load(folder: Path, training: Training, device: torch.device) -> Any:
    """Return the base in `folder` with its embedding matrix in float32: small updates vanish in bf16."""
    from transformers import AutoModelForCausalLM

    model = backbone.load(AutoModelForCausalLM, folder, training, device)
    model.get_input_embeddings().float()
    return model


def _rows(model: Any, ids: Sequence[int]) -> list[torch.nn.Parameter]:
    """Let only the rows `ids` of the matrix learn: the gradient of all others is nought."""
    matrix = model.get_input_embeddings().weight
    kept = torch.zeros(len(matrix), 1, device=matrix.device)
    kept[list(ids)] = 1
    matrix.register_hook(lambda gradient: gradient * kept)
    return [matrix]


def _matrix(model: Any, ids: Sequence[int]) -> list[torch.nn.Parameter]:
    return [model.get_input_embeddings().weight]


def _attention(model: Any, ids: Sequence[int]) -> list[torch.nn.Parameter]:
    return [one for name, one in lora(model).items() if any(f".{a}." in name for a in ATTENTION)]


def _layers(model: Any, ids: Sequence[int]) -> list[torch.nn.Parameter]:
    return list(lora(model).values())


TRAINS: Mapping[str, Callable[[Any, Sequence[int]], Collection[torch.nn.Parameter]]] = {
    "rows": _rows,
    "matrix": _matrix,
    "attention": _attention,
    "layers": _layers,
}
"""What a stage may train → the weights, given the model and the ids whose rows count as new."""
ADAPTED = ("attention", "layers")
"""Those that need a LoRA."""


def prepared(model: Any, trains: str, ids: Sequence[int], shape: Lora) -> Any:
    """Return `model`, under LoRA where needed, with those weights to be trained that `trains` names."""
    if trains in ADAPTED and not lora(model):
        model = adapted(model, shape)
    model.requires_grad_(False)
    matrix = model.get_input_embeddings().weight
    if trains in ("rows", "matrix"):
        matrix.requires_grad_(True)  # a hook needs it before
    for weight in TRAINS[trains](model, ids):
        weight.requires_grad_(True)
    return model


def adapted(model: Any, shape: Lora) -> Any:
    """Return `model` under a new LoRA on all layers that `shape` names; it changes nothing yet."""
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        task_type="CAUSAL_LM",
        r=shape.rank,
        lora_alpha=shape.alpha,
        lora_dropout=shape.dropout,
        target_modules=list(shape.layers),
    )
    return get_peft_model(model, config)


def lora(model: Any) -> dict[str, torch.nn.Parameter]:
    """Return the weights of the model's LoRA by name, none without one."""
    return {name: one for name, one in model.named_parameters() if ".lora_" in name}


def save(path: Path, model: Any) -> None:
    """Write what `model` has learned, matrix and LoRA, whole or not at all."""
    held = {MATRIX: model.get_input_embeddings().weight, **lora(model)}
    draft = path.with_suffix(".new")
    save_file({name: one.detach().cpu().contiguous() for name, one in held.items()}, draft)
    draft.replace(path)


def restored(model: Any, path: Path, shape: Lora) -> Any:
    """Return `model`, which has its rows already, with what was written to `path`."""
    held = load_file(path)
    matrix = held.pop(MATRIX)
    if held:
        model = adapted(model, shape)
    own = {**lora(model), MATRIX: model.get_input_embeddings().weight}
    with torch.no_grad():
        for name, tensor in {**held, MATRIX: matrix}.items():
            own[name].copy_(tensor)
    return model


def merged(model: Any) -> Any:
    """Return `model` in float32 without a LoRA: it is added to the weights."""
    return (model.merge_and_unload() if lora(model) else model).float()
