"""Where a table's numbers come from, in one sentence below it."""

from __future__ import annotations

from typing import Any


def origin(found: dict[str, Any]) -> str:
    """Return command, commit, seed, machine, libraries and seconds of one run."""
    libraries = ", ".join(f"{name} {version}" for name, version in found["libraries"].items())
    return (
        f"`{found['command']}` at {found['commit']}, seed {found['seed']}, "
        f"{found['hardware']}, {libraries}, {found['wall_seconds']} s."
    )
