"""What the choice of an engine depends on: this machine."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import psutil

CGROUP = Path("/sys/fs/cgroup")
"""Where a container on Linux finds its own limits."""
LIMITS = (
    (".", "memory.max", "memory.current", "inactive_file "),
    ("memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "),
)
"""Of both versions of cgroups: folder, limit, what is held, and how much of it are pages of files."""


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


def free_memory(cgroup: Path = CGROUP) -> int:
    """Return the megabytes that a new model could take without swapping, within a container's limit."""
    free = int(psutil.virtual_memory().available)
    for folder, limit, held, idle in LIMITS:
        try:
            most, now = (int((cgroup / folder / name).read_text()) for name in (limit, held))
            stat = (cgroup / folder / "memory.stat").read_text().splitlines()
            cached = next((int(line.split()[1]) for line in stat if line.startswith(idle)), 0)
            free = min(free, most - now + cached)
        except (OSError, ValueError):  # no container, or no limit ("max")
            continue
    return max(0, free) // 10**6
