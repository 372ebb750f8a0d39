"""What a run costs: seconds and tokens of all its sittings, and the most memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Mapping

import torch


class Cost:
    """Add up the cost of a run, which may be stopped and go on in another process."""

    def __init__(self, device: torch.device) -> None:
        """Begin with nothing; the clock starts with `start`."""
        self.device = device
        self._before = {"seconds": 0.0, "tokens": 0.0, "peak_memory_mb": 0.0}
        self._begun = 0.0

    def start(self) -> None:
        """Start the clock."""
        self._begun = time.monotonic()

    def add(self, before: Mapping[str, float]) -> None:
        """Begin with the `total` of an earlier process instead."""
        self._before = dict(before)

    def count(self, tokens: int) -> None:
        """Add the tokens of one step, of all processes."""
        self._before["tokens"] += tokens

    def total(self) -> dict[str, float]:
        """Return seconds, tokens and peak_memory_mb until now."""
        seconds = self._before["seconds"] + time.monotonic() - self._begun
        peak = max(self._before["peak_memory_mb"], peak_memory(self.device))
        return {"seconds": seconds, "tokens": self._before["tokens"], "peak_memory_mb": peak}


def peak_memory(device: torch.device) -> float:
    """Return MB: of the GPU where there is one, else of this process."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device) / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes, on macOS bytes
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
