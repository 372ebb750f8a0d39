"""One writer at a time in the folder of an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from samovar.errors import StoreError
from samovar.phrases import Phrase

LOCK = ".lock"
BUSY = Phrase(
    "Another process is writing the index in {path}.", "Индекс в {path} уже пишет другой процесс."
)
WAIT = Phrase(
    "Wait until it ends, or name another folder.", "Дождитесь его или укажите другую папку."
)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Hold the folder `path`; the system lets go of it when the process ends, however it ends.

    Raises:
        StoreError: another process holds it.
        OSError: the folder cannot be written.
    """
    lock = FileLock(path / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreError(BUSY, WAIT, path=path) from error
    try:
        yield
    finally:
        lock.release()
