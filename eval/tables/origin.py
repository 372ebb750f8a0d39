"""Where a table's numbers come from, in one sentence below it."""

from __future__ import annotations

from typing import Any


def origin(run: dict[str, Any]) -> str:
    """Return command, commit, seed, machine, libraries and seconds of one run."""
    libraries = ", ".join(f"{name} {version}" for name, version in run["libraries"].items())
    return (
        f"`{run['command']}` at {run['commit']}, seed {run['seed']}, "
        f"{run['hardware']}, {libraries}, {run['wall_seconds']} s."
    )
