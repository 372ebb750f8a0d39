"""A visitor's own documents, searched in memory for his session only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from samovar.errors import InputError
from samovar.files.source import uploaded
from samovar.models.base import Encoder, Progress
from samovar.phrases import Phrase
from samovar.search.documents import chunks, corpus
from samovar.search.passages.assembly import collect
from samovar.search.passages.collection import Collection

FILES = 50
BYTES = 5_000_000
"""Of all files together."""
PASSAGES = 3_000
"""So many are encoded in about half a minute on two cores."""
SECONDS = 40
"""GPU seconds for them on ZeroGPU: estimated, not measured."""
LARGE = Phrase(
    "The files have {size:,} bytes; at most {most:,} are read here.",
    "В файлах {size:,} байт, а здесь читается не больше {most:,}.",
)
MANY_FILES = Phrase(
    "{size:,} files were given; at most {most:,} are read here.",
    "Файлов {size:,}, а здесь читается не больше {most:,}.",
)
MANY = Phrase(
    "The documents have {size:,} passages; at most {most:,} are encoded here.",
    "В документах {size:,} фрагментов, а здесь кодируется не больше {most:,}.",
)
COMMAND = Phrase(
    "For more, use python -m samovar.search.index on your machine.",
    "Для больших объёмов есть python -m samovar.search.index на вашей машине.",
)
TOGETHER = Phrase("The files", "Файлы")


def own(paths: Sequence[Path], encoder: Encoder, progress: Progress | None = None) -> Collection:
    """Return a collection of uploaded files, which are removed, whatever is in them.

    Raises:
        InputError: a limit is passed, a kind is unknown, or a file is not what its name says.
    """
    with uploaded(paths) as files:
        for size, most, told in (
            (len(paths), FILES, MANY_FILES),
            (sum(path.stat().st_size for path in paths), BYTES, LARGE),
        ):
            if size > most:
                raise InputError(told, COMMAND, size=size, most=most)
        documents = corpus.gathered(files, TOGETHER).documents
    count = sum(len(chunks.passages(document.text)) for document in documents)
    if count > PASSAGES:
        raise InputError(MANY, COMMAND, size=count, most=PASSAGES)
    return collect(documents, encoder, progress)
