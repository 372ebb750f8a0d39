"""A torch network that several threads may run, in turns."""

from __future__ import annotations

import threading

import numpy as np
import torch
from numpy.typing import NDArray


class TorchNetwork:
    """Run a network on the GPU where there is one; threads take turns by batch."""

    def __init__(self, network: torch.nn.Module) -> None:
        """Move `network` to its device."""
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._network = network.to(self._device)
        self._turn = threading.Lock()

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> NDArray[np.float32]:
        """Return what the network makes of `inputs`."""
        rows = {name: torch.from_numpy(row).to(self._device) for name, row in inputs.items()}
        with self._turn, torch.inference_mode():
            output: NDArray[np.float32] = self._network(**rows).float().cpu().numpy()
        return output
