"""Single rows of a matrix in a GGUF file: the whole one of a large model takes a gigabyte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def rows(path: Path, tensor: str, ids: Sequence[int]) -> NDArray[np.float32] | None:
    """Return rows `ids` of `tensor`, float32 [ids, columns], None when the file has no such tensor."""
    from gguf import GGUFReader
    from gguf.quants import dequantize

    found = next((one for one in GGUFReader(path).tensors if one.name == tensor), None)
    if found is None:
        return None
    return np.asarray(dequantize(found.data[list(ids)], found.tensor_type), np.float32)
