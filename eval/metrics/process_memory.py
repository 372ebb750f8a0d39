"""What this process holds in memory. Linux only: the figures come from /proc/self/smaps_rollup."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FIELDS = {"Rss": "resident", "Pss": "proportional", "Anonymous": "anonymous"}


@dataclass(frozen=True, slots=True)
class Use:
    """Hold the memory of this process after a step, in MB (10^6 bytes)."""

    step: str
    resident: int
    proportional: int
    """Pages shared with other processes count by their share."""
    anonymous: int
    """What must stay; the rest are pages of files, which the system may drop and read again."""


def now(step: str) -> Use:
    """Return what this process holds."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kib = {name: int(value.split()[0]) for name, _, value in (row.partition(":") for row in lines)}
    return Use(step, **{field: kib[name] * 1024 // 10**6 for name, field in FIELDS.items()})
