"""A file to be read: where its bytes are, and what it is called in messages."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from samovar.errors import InputError
from samovar.phrases import NOTHING, Phrase

UNREADABLE = Phrase("{path} cannot be read: {why}.", "Не удалось прочитать {path}: {why}.")
LARGE = Phrase(
    "{path} has {size:,} bytes; at most {most:,} are read.",
    "В файле {path} {size:,} байт, а читается не больше {most:,}.",
)


@dataclass(frozen=True, slots=True)
class File:
    """Hold the name of a file and its content, on the disk or in memory."""

    name: str
    content: Path | bytes

    @property
    def kind(self) -> str:
        """Return the ending of the name in small letters: `.csv`."""
        return PurePath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Return the name without folders and ending."""
        return PurePath(self.name).stem

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Lend its bytes as a stream.

        Raises:
            InputError: it cannot be opened, or a read fails.
        """
        try:
            with (
                io.BytesIO(self.content)
                if isinstance(self.content, bytes)
                else self.content.open("rb")
            ) as stream:
                yield stream
        except OSError as error:
            raise InputError(UNREADABLE, path=self.name, why=error.strerror or error) from error

    def require_size(self, most: int, hint: Phrase = NOTHING) -> None:
        """Refuse a file of more than `most` bytes before it is read; `hint` is the way out.

        Raises:
            InputError: it is larger, or not there.
        """
        with self.opened() as stream:
            size = stream.seek(0, io.SEEK_END)
        if size > most:
            raise InputError(LARGE, hint, path=self.name, size=size, most=most)


@contextmanager
def uploaded(paths: Sequence[Path]) -> Iterator[list[File]]:
    """Lend uploaded files; afterwards they and their folders are gone, whatever was in them."""
    try:
        yield [File(path.name, path) for path in paths]
    finally:
        for path in paths:
            path.unlink(missing_ok=True)
            with suppress(OSError):  # the upload's own folder, unless it holds another file
                path.parent.rmdir()
