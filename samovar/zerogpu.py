"""The one place that knows PyPI's `spaces` package, which lends a GPU on Hugging Face ZeroGPU.

There a function under `gpu()` runs in a forked process that holds the GPU; its arguments, results and
errors travel by pickle (`spaces/zero/wrappers.py`). The process is kept for the next call of the same
function. What was loaded before the page is launched, in the main thread, is moved to its GPU.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from samovar.errors import SamovarError
from samovar.tool import Seconds

P = ParamSpec("P")
R = TypeVar("R")

try:  # before torch touches CUDA
    from spaces.config import Config

    from spaces import GPU  # type: ignore[attr-defined]
except ImportError:  # the package is absent, or the folder `spaces/` answered in its place
    GPU = Config = None


@dataclass(frozen=True, slots=True)
class _Raised:
    """Carry an error as a result: of one that is raised there, only the class arrives."""

    error: SamovarError


def here() -> bool:
    """Tell whether this process runs on ZeroGPU."""
    return Config is not None and bool(Config.zero_gpu)


def gpu(seconds: Seconds) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Borrow the GPU for at most `seconds` a call; everywhere but on ZeroGPU this changes nothing.

    ZeroGPU refuses a call whose declared duration exceeds the visitor's remaining quota, whatever it
    takes in the end, so declare little. With 0 seconds nothing is borrowed: the function uses no GPU.

    The function takes and returns what pickle can carry, and what it changes in this process's
    memory is lost. A `Visit` arrives without its stop signal: nobody can set that from here.

    Raises:
        TypeError: the function is a coroutine, which ZeroGPU cannot run.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast(Callable[P, R], _lent(function, seconds)) if seconds and here() else function

    return decorate


@cache
def _lent(function: Callable[..., Any], seconds: Seconds) -> Callable[..., Any]:
    """Return the function under the GPU, one for all that ask: each holds a process of its own."""
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError(f"ZeroGPU runs plain functions and generators, not {function.__name__}.")
    lend = GPU(duration=seconds)
    return (_pieces if inspect.isgeneratorfunction(function) else _whole)(function, lend)


def _whole(function: Callable[..., Any], lend: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def there(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except SamovarError as error:
            return _Raised(error)

    borrowed = lend(there)

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return _arrived(borrowed(*args, **kwargs))

    return call


def _pieces(function: Callable[..., Any], lend: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def there(*args: Any, **kwargs: Any) -> Iterator[Any]:
        try:
            yield from function(*args, **kwargs)
        except SamovarError as error:
            yield _Raised(error)

    borrowed = lend(there)

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for piece in borrowed(*args, **kwargs):
            yield _arrived(piece)

    return call


def _arrived(result: Any) -> Any:
    if isinstance(result, _Raised):
        raise result.error
    return result
