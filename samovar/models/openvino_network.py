"""A graph of an encoder that several threads may run at once on the CPU."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from samovar.settings import Settings


class OpenVinoNetwork:
    """Run a graph; each thread has its own infer request."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Compile the graph in the file `path`."""
        self._compiled = ov.Core().compile_model(path, "CPU", _options(settings))
        self._requests = threading.local()

    @property
    def width(self) -> int:
        """Return the size of the second axis of what the graph returns."""
        return int(self._compiled.output(0).partial_shape[1].get_length())

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return the graph's first output for `inputs`."""
        if not hasattr(self._requests, "own"):
            self._requests.own = self._compiled.create_infer_request()
        found: NDArray[np.float32] = self._requests.own.infer(inputs)[0].astype(np.float32)
        return found


def _options(settings: Settings) -> dict[str, Any]:
    """Return how this machine runs the graph of an encoder."""
    capabilities = ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "bf16" if "BF16" in capabilities else "f32",
        "INFERENCE_NUM_THREADS": settings.threads,
    }
