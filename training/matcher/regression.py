"""Regressions on all examples at once, by L-BFGS: far quicker than scikit-learn with hundreds of classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

Tensor = torch.Tensor


def regression(read: Tensor, classes: Tensor, penalty: float, steps: int) -> tuple[Tensor, Tensor]:
    """Return weights [dimensions, classes] and bias [classes] that tell `classes` from `read`.

    `read` is float32 [examples, dimensions], `classes` int64 [examples]; `penalty` on the squared weights
    stands beside the mean loss.
    """
    count = int(classes.max()) + 1
    weights = torch.zeros(read.shape[1], count, requires_grad=True)
    bias = torch.zeros(count, requires_grad=True)

    def loss() -> Tensor:
        told = torch.nn.functional.cross_entropy(read @ weights + bias, classes)
        return told + penalty * weights.square().sum()

    minimised(loss, (weights, bias), steps)
    return weights.detach(), bias.detach()


def ranking(read: Tensor, right: Tensor, penalty: float, steps: int) -> Tensor:
    """Return the weights [measures] under which the `right` candidates are likeliest.

    `read` is float32 [examples, candidates, measures], `right` int64 [examples].
    """
    weights = torch.zeros(read.shape[2], requires_grad=True)

    def loss() -> Tensor:
        told = torch.nn.functional.cross_entropy(read @ weights, right)
        return told + penalty * weights.square().sum()

    minimised(loss, (weights,), steps)
    return weights.detach()


def deciding(read: Tensor, true: Tensor, penalty: float, steps: int) -> Tensor:
    """Return the weights [measures] of a logistic regression; both answers count as much.

    `read` is float32 [examples, measures], `true` bool [examples].
    """
    weights = torch.zeros(read.shape[1], requires_grad=True)
    share = true.float().mean().clamp(1e-3, 1 - 1e-3)
    each = torch.where(true, 0.5 / share, 0.5 / (1 - share))

    def loss() -> Tensor:
        told = torch.nn.functional.binary_cross_entropy_with_logits(
            read @ weights, true.float(), each
        )
        return told + penalty * weights.square().sum()

    minimised(loss, (weights,), steps)
    return weights.detach()


def minimised(loss: Callable[[], Tensor], weights: Sequence[Tensor], steps: int) -> None:
    """Move `weights` to where `loss` is least, in at most `steps` steps."""
    optimiser = torch.optim.LBFGS(list(weights), max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        now = loss()
        now.backward()  # type: ignore[no-untyped-call]
        return now

    optimiser.step(closure)  # type: ignore[no-untyped-call]
