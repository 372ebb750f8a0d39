"""A graph of an encoder that several threads may run at once on the CPU."""

from __future__ import annotations

import os
import threading
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from samovar.models.files.memory import release
from samovar.settings import Settings

_TYPES = threading.Lock()
HALF = ov.Type.f16
PACKED = "decompression_0"
"""OpenVINO's mark of a conversion that unpacks weights."""


class OpenVinoNetwork:
    """Run a graph; calls at once have an infer request each, which keeps the memory of its largest batch."""

    def __init__(self, path: Path, settings: Settings, *, streams: bool = False) -> None:
        """Compile the graph in the file `path`.

        With `streams`, each call takes one of the CPU's threads and as many calls run at once: that
        many batches are done sooner, but one alone later (a fifth to a third, with AMX).
        """
        _know_types()
        core = ov.Core()
        graph = core.read_model(path)
        _keep_halves(graph)
        self._compiled = core.compile_model(graph, "CPU", _options(settings, streams))
        self._idle: deque[Any] = deque()
        if not streams:
            self._pack()
            release(path.with_suffix(".bin"))

    def _pack(self) -> None:
        """Read a row of nothing: the weights are packed for the CPU with the first call."""
        row = np.ones((1, 4), np.int64)
        self({port.get_any_name(): row for port in self._compiled.inputs})

    @property
    def width(self) -> int:
        """Return the size of the second axis of what the graph returns."""
        return int(self._compiled.output(0).partial_shape[1].get_length())

    @property
    def streams(self) -> int:
        """Return how many calls run at once."""
        return int(self._compiled.get_property("NUM_STREAMS"))

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return the graph's first output for `inputs`."""
        try:
            request = self._idle.pop()
        except IndexError:
            request = self._compiled.create_infer_request()
        try:
            output: NDArray[np.float32] = request.infer(inputs)[0].astype(np.float32)
        finally:
            self._idle.append(request)
        return output


def _know_types() -> None:
    """Ask a tensor for its `data` before threads do: the binding then builds its table of numpy's types.

    Two threads that ask first and at once may wait for each other forever: one builds and has let go of
    the interpreter's lock, the other holds that and waits for the table (seen with OpenVINO 2026.4).
    """
    with _TYPES:
        _ = ov.Tensor(np.zeros(1, np.int64)).data


def _keep_halves(graph: Any) -> None:
    """Mark the fp16 matrices as packed weights: unmarked, the compiler makes fp32 of each and keeps it.

    That were 85 MB more for each model made of multilingual-e5-small; the results are equal.
    """
    for node in graph.get_ops():
        if node.get_type_name() == "Convert":
            source = node.input_value(0)
            if (
                source.get_node().get_type_name() == "Constant"
                and source.get_element_type() == HALF
            ):
                node.get_rt_info()[PACKED] = ""


def has_bf16() -> bool:
    """Return whether this CPU computes in bfloat16."""
    return "BF16" in ov.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def _options(settings: Settings, streams: bool) -> dict[str, Any]:
    """Return how this machine runs the graph."""
    options = {
        "PERFORMANCE_HINT": "THROUGHPUT" if streams else "LATENCY",
        "INFERENCE_PRECISION_HINT": "f32",
        "INFERENCE_NUM_THREADS": settings.threads,
    }
    if streams:
        options["NUM_STREAMS"] = settings.threads or os.cpu_count() or 1
    if has_bf16():  # attention of short texts is a fifth slower as one compiled piece (AMX)
        options |= {"INFERENCE_PRECISION_HINT": "bf16", "SNIPPETS_MODE": "DISABLE"}
    return options
