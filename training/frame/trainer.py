"""The training loop of every recipe: LoRA on a CPU, QLoRA in NF4 on a GPU, one or many processes.

Gradients are added up over the processes here, not by wrapping the model: any loss may then call any
part of the model, and only the few trainable weights travel.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import torch
from peft.helpers import disable_input_dtype_casting

from training.frame.backbone import autocast
from training.frame.recipe import Training
from training.frame.run import Run

Batch = Mapping[str, torch.Tensor]
"""Tensors with one row an example; those called `…attention_mask` tell how many tokens it has."""
Loss = Callable[[Any, Batch], torch.Tensor]
"""Gets (model, batch); returns the mean over the batch's rows, a scalar with a gradient."""
Validate = Callable[[Any], Mapping[str, float]]
"""Gets the model in eval mode, without gradients; returns metrics such as validation_loss."""


class Batches(Protocol):
    """Give batch i of all epochs; it depends on the seed and on i only."""

    def __len__(self) -> int:
        """Return the number of steps."""

    def __getitem__(self, index: int, /) -> Batch:
        """Return the whole batch of one step."""


def train(
    model: Any,
    batches: Batches,
    loss: Loss,
    training: Training,
    run: Run,
    validate: Validate | None = None,
) -> None:
    """Optimise the parameters of `model` that require a gradient, from the run's checkpoint on.

    With several processes each takes its rows of every batch.

    Raises:
        StoreError: the checkpoint is damaged or belongs to another run.
    """
    weights = trainable(model)
    optimiser = _optimiser(weights, training, run.device)
    begun = run.checkpoint()
    if begun is not None:
        begun.restore(weights, run.folder)
        optimiser.load_state_dict(begun.optimiser)
    with disable_input_dtype_casting(model):  # else PEFT turns the input of every layer into fp32
        _loop(model, batches, loss, training, run, validate, optimiser)
    run.accelerator.wait_for_everyone()


def _loop(
    model: Any,
    batches: Batches,
    loss: Loss,
    training: Training,
    run: Run,
    validate: Validate | None,
    optimiser: Any,
) -> None:
    weights = trainable(model)
    total, losses = len(batches), []
    for step in run.steps(total):
        if validate and step == 0:
            _validate(model, validate, training, run, 0)
        _seed(training.seed, step, run)
        for group in optimiser.param_groups:
            group["lr"] = rate(step, total, training)
        losses.append(_step(model, batches[step], loss, weights, training, run))
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        done = step + 1
        if done % training.log_every == 0 or done == total:
            run.log(done, loss=sum(losses) / len(losses), learning_rate=rate(step, total, training))
            losses.clear()
        if validate and (done % training.validate_every == 0 or done == total):
            _validate(model, validate, training, run, done)
        if done % training.save_every == 0 or done == total:
            run.save(done, weights, optimiser.state_dict())


def trainable(model: Any) -> dict[str, torch.Tensor]:
    """Return the parameters that require a gradient, by name."""
    return {name: weight for name, weight in model.named_parameters() if weight.requires_grad}


def rate(step: int, total: int, training: Training) -> float:
    """Return the learning rate of the 0-based `step`."""
    warmup = math.ceil(total * training.warmup)
    if step < warmup:
        return training.learning_rate * (step + 1) / warmup
    left = 1 - (step - warmup) / max(1, total - warmup)
    shapes = {"cosine": (1 - math.cos(math.pi * left)) / 2, "linear": left, "constant": 1.0}
    return training.learning_rate * shapes[training.schedule]


def _step(
    model: Any,
    batch: Batch,
    loss: Loss,
    weights: Mapping[str, torch.Tensor],
    training: Training,
    run: Run,
) -> float:
    """Leave the batch's gradient in the weights and return the batch's loss."""
    rows = _rows(batch)
    run.count(_tokens(batch))
    rank, processes = run.accelerator.process_index, run.accelerator.num_processes
    own = {name: tensor[rank::processes].to(run.device) for name, tensor in batch.items()}
    mean = torch.zeros((), device=run.device)
    model.train()
    for few in _portions(own, training.at_once):
        with autocast(training, run.device):
            part: Any = loss(model, few) * (_rows(few) / rows)
        part.backward()
        mean += part.detach().float()
    mean = _summed(mean, weights, run)
    if training.clip:
        torch.nn.utils.clip_grad_norm_(list(weights.values()), training.clip)
    return mean.item()


def _summed(mean: torch.Tensor, weights: Mapping[str, torch.Tensor], run: Run) -> torch.Tensor:
    """Add loss and gradients of all processes in one message."""
    if run.accelerator.num_processes == 1:
        return mean
    held = list(weights.values())
    flat = [w.new_zeros(w.numel()) if w.grad is None else w.grad.flatten() for w in held]
    total: Any = run.accelerator.reduce(torch.cat([mean.reshape(1), *flat]), "sum")
    parts = total[1:].split([weight.numel() for weight in held])
    for weight, part in zip(held, parts, strict=True):
        weight.grad = part.view_as(weight).to(weight.dtype)
    return torch.as_tensor(total[0])


def _validate(model: Any, validate: Validate, training: Training, run: Run, step: int) -> None:
    if run.main:
        model.eval()
        with torch.no_grad(), autocast(training, run.device):
            run.log(step, **validate(model))
    run.accelerator.wait_for_everyone()


def _portions(batch: Batch, size: int) -> Iterator[Batch]:
    """Yield `size` rows of `batch` at a time, all of them where it is 0."""
    rows = _rows(batch)
    if not 0 < size < rows:
        yield from (batch,) * bool(rows)
        return
    for start in range(0, rows, size):
        yield {name: tensor[start : start + size] for name, tensor in batch.items()}


def _rows(batch: Batch) -> int:
    return len(next(iter(batch.values())))


def _tokens(batch: Batch) -> int:
    masks = (mask for name, mask in batch.items() if name.endswith("attention_mask"))
    return sum(int(mask.sum()) for mask in masks)


def _seed(seed: int, step: int, run: Run) -> None:
    """Make dropout depend on seed, step and process alone, wherever the run began."""
    torch.manual_seed((seed * 1_000_003 + step) * 1024 + run.accelerator.process_index)


def _optimiser(
    weights: Mapping[str, torch.Tensor], training: Training, device: torch.device
) -> Any:
    matrices = [weight for weight in weights.values() if weight.ndim > 1]
    others = [weight for weight in weights.values() if weight.ndim <= 1]
    groups = [
        {"params": matrices, "weight_decay": training.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    groups = [group for group in groups if group["params"]]
    paged = {"auto": device.type == "cuda", "adamw": False, "paged-adamw-8bit": True}
    if paged[training.optimiser]:
        from bitsandbytes import optim

        paged_adam: Any = optim.PagedAdamW8bit  # type: ignore[attr-defined]
        return paged_adam(groups, lr=training.learning_rate)
    return torch.optim.AdamW(groups, lr=training.learning_rate)
