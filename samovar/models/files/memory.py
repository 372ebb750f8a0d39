"""Give memory back to the system that a model needed only to be built."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from pathlib import Path

MAPS = Path("/proc/self/maps")
DONTNEED = 4
"""Of madvise(2): the pages of a file that were not changed are read again when they are needed."""


def trim() -> None:
    """Give back what was freed: glibc keeps it for later."""
    with suppress(AttributeError, OSError, TypeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def release(weights: Path) -> None:
    """Give back the pages of the mapped file `weights`, whose values were packed elsewhere by now.

    They stay in the system's cache and come back when they are read. Linux only; elsewhere, and of a
    mapping that could have been written to, nothing happens.
    """
    with suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        for line in MAPS.read_text(encoding="utf-8", errors="replace").splitlines():
            place, rights, _, _, _, *name = line.split(maxsplit=5)
            if name == [str(weights)] and "w" not in rights:
                start, end = (int(at, 16) for at in place.split("-"))
                library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), DONTNEED)
