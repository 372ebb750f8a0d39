"""spaCy without torch, which it imports wherever it is installed: 220 MB and two seconds for nothing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

UNWANTED = "torch"


class _Hidden:
    """Let one thread find no torch; it is there for all others."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse the module to this thread; leave the rest to the next finder."""
        if name == UNWANTED and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is not wanted here", name=name)
        return None


@contextmanager
def without_torch() -> Iterator[None]:
    """Import libraries that can do without torch; where it is imported already nothing changes.

    thinc, below spaCy, looks for it only to wrap networks of torch, and our pipelines have none.
    """
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        yield
    finally:
        sys.meta_path.remove(hidden)


def pipeline(path: Path, exclude: Sequence[str] = ()) -> Language:
    """Return the spaCy pipeline in the folder `path` without the components named.

    Raises:
        OSError: it is not there.
        ValueError: it is damaged or of another version of spaCy.
    """
    with without_torch():
        import spacy

        return spacy.load(path, exclude=exclude)


@dataclass(frozen=True, slots=True)
class Shared:
    """Hold a whole pipeline that several models use, and the lock under which it is called."""

    pipeline: Language
    lock: threading.Lock = field(default_factory=threading.Lock)


@cache
def shared(path: Path) -> Shared:
    """Return the whole pipeline in the folder `path`, loaded once in this process.

    Raises:
        OSError, ValueError: as `pipeline`.
    """
    return Shared(pipeline(path))
