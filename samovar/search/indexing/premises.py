"""The folder of an index: ours, empty, or somebody else's and left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from samovar.errors import StoreError
from samovar.phrases import Phrase
from samovar.search.indexing.checkpoints import PENDING
from samovar.search.indexing.lock import LOCK
from samovar.search.indexing.manifest import FOLDER, MANIFEST

DRAFT = ".new-"
FOREIGN = Phrase(
    "The folder {path} holds other files and no index.",
    "В папке {path} лежат другие файлы, а индекса нет.",
)
EMPTY_FOLDER = Phrase("Name a new or empty folder.", "Укажите новую или пустую папку.")
UNWRITABLE = Phrase(
    "The index cannot be written to {path}: {why}. What was there before is untouched.",
    "Индекс нельзя записать в {path}: {why}. Прежнее содержимое не тронуто.",
)
FREE_SPACE = Phrase(
    "Free some space or name another folder.", "Освободите место или укажите другую папку."
)


def require_place(path: Path) -> None:
    """Make the folder `path`, and refuse one that holds something else than an index.

    Raises:
        StoreError: it cannot be made, is a file, or holds other files.
    """
    with told(path):
        path.mkdir(parents=True, exist_ok=True)
        names = [found.name for found in path.iterdir()]
    if MANIFEST not in names and not all(map(ours, names)):
        raise StoreError(FOREIGN, EMPTY_FOLDER, path=path)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an error that a person reads.

    Raises:
        StoreError: the disk is full or the place cannot be written.
    """
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise StoreError(UNWRITABLE, FREE_SPACE, path=path, why=why) from error


def ours(name: str) -> bool:
    """Tell whether a file or folder of this name belongs to an index."""
    return name in (PENDING, LOCK) or name.startswith(DRAFT) or FOLDER.fullmatch(name) is not None
