"""The one place that knows PyPI's `spaces` package, which lends a GPU on Hugging Face ZeroGPU."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

try:
    from spaces import GPU  # type: ignore[attr-defined]
except ImportError:  # the package is absent, or the folder `spaces/` answered in its place
    GPU = None


def gpu(seconds: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Borrow the GPU for at most `seconds` a call; everywhere but on ZeroGPU this changes nothing.

    ZeroGPU refuses a call whose declared duration exceeds the visitor's remaining quota, so
    declare little. Coroutines are not accepted there.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return function if GPU is None else GPU(duration=seconds)(function)

    return decorate
