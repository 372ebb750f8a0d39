"""Read a safetensors file as float32 without torch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import safetensors
from numpy.typing import NDArray


def float32_tensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return all tensors of `path` by name.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no safetensors file, or holds other types than float and bfloat16.
    """
    deserialize: Any = safetensors.deserialize
    try:
        return {name: _float32(tensor) for name, tensor in deserialize(path.read_bytes())}
    except (safetensors.SafetensorError, KeyError) as error:
        raise ValueError(str(error)) from error


def _float32(tensor: dict[str, Any]) -> NDArray[np.float32]:
    """Return a stored tensor; numpy has no bfloat16, which is the upper half of a float32."""
    data, shape = tensor["data"], tensor["shape"]
    if tensor["dtype"] == "BF16":
        upper = np.frombuffer(data, np.uint16).astype(np.uint32) << 16
        return upper.view(np.float32).reshape(shape)
    kinds = {"F16": np.float16, "F32": np.float32}
    return np.frombuffer(data, kinds[tensor["dtype"]]).astype(np.float32).reshape(shape)
