"""What the choice of an engine depends on: this machine."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Hardware:
    """Hold what the choice depends on."""

    machine: str
    """As platform.machine(): x86_64, AMD64, arm64 …"""
    cores: int
    gpu: bool

    @classmethod
    def here(cls) -> Hardware:
        """Look at this machine without importing torch."""
        from samovar import zerogpu  # takes a quarter of a second

        gpu = Path("/dev/nvidiactl").exists() or zerogpu.here()
        return cls(platform.machine(), os.cpu_count() or 1, gpu)
