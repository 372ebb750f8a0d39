"""Say which installed packages are newer than those that were tested: `make newest` runs it."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).parents[1] / "requirements.lock"


def main() -> None:
    """Print one line a package that differs from the lock: its name, the tested version, the installed one."""
    rows = [Requirement(line) for line in LOCK.read_text().splitlines() if not line.startswith("#")]
    for row in rows:
        if row.marker is not None and not row.marker.evaluate():
            continue
        tested = str(row.specifier).removeprefix("==")
        try:
            here = metadata.version(row.name).split("+")[0]
        except metadata.PackageNotFoundError:
            here = "absent"
        if here != tested:
            print(f"{row.name:<32} {tested:<14} -> {here}")


if __name__ == "__main__":
    main()
