"""Encode documents in groups, each on the disk before it counts: an interruption costs a second."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from samovar.models.base import Encoder, Progress
from samovar.search import corpus
from samovar.search.assembly import Encoded, encoded
from samovar.search.checkpoints import Checkpoints
from samovar.search.corpus import Document

GROUP = 400_000
"""Characters of the documents that are encoded, and written to the disk, together, at most."""
FIRST_GROUP = 4_000
SECONDS = 1.0
"""What a group should take: that much work an interruption costs, on a slow machine too."""


def encoded_in_groups(
    documents: Sequence[Document],
    encoder: Encoder,
    checkpoints: Checkpoints,
    progress: Progress | None,
) -> tuple[dict[str, Encoded], int]:
    """Return the encoded documents by digest, and how many of them `checkpoints` had.

    Args:
        documents: what is to be encoded.
        encoder: the encoder.
        checkpoints: where every group is written.
        progress: called with (documents on the disk, all documents).

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    wanted = {corpus.digest(one): one for one in documents}
    found = {key: one for key, one in checkpoints.read().items() if key in wanted}
    resumed = len(found)
    left = [one for key, one in wanted.items() if key not in found]
    size = min(FIRST_GROUP, GROUP)
    while left:
        begun = perf_counter()
        group, left = _split(left, size)
        digests = map(corpus.digest, group)
        done = dict(zip(digests, encoded(group, encoder), strict=True))
        checkpoints.write(done)
        found |= done
        if progress:
            progress(len(found), len(wanted))
        faster = SECONDS / max(perf_counter() - begun, 1e-3)
        size = int(min(GROUP, max(1, size * min(faster, 4))))
    return found, resumed


def _split(documents: list[Document], size: int) -> tuple[list[Document], list[Document]]:
    """Return the first documents, one at least, up to `size` characters, and the others."""
    total = 0
    for at, document in enumerate(documents, 1):
        total += len(document.text) + len(document.title)
        if total >= size:
            return documents[:at], documents[at:]
    return documents, []
