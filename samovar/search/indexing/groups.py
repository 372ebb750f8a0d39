"""Encode documents in groups, each on the disk before it counts: an interruption costs a second."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from samovar.models.base import Encoder, Progress
from samovar.search.documents.corpus import Document
from samovar.search.indexing.checkpoints import Checkpoints
from samovar.search.passages.assembly import Encoded, encoded

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

    One group is encoded while the one before is written.

    Args:
        documents: what is to be encoded.
        encoder: the encoder.
        checkpoints: where every group is written.
        progress: called with (documents on the disk, all documents).

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    wanted = {document.digest: document for document in documents}
    ready = {key: document for key, document in checkpoints.read().items() if key in wanted}
    resumed = len(ready)
    groups = _Groups([document for key, document in wanted.items() if key not in ready])
    with ThreadPoolExecutor(1, "groups") as worker:
        coming = deque(worker.submit(groups.encoded, encoder) for _ in range(2))
        while done := coming.popleft().result():
            coming.append(worker.submit(groups.encoded, encoder))
            checkpoints.write(done)
            ready |= done
            if progress:
                progress(len(ready), len(wanted))
    return ready, resumed


class _Groups:
    """Encode one group of documents after the other, each about as long in work as SECONDS."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._left = deque(documents)
        self._size = min(FIRST_GROUP, GROUP)

    def encoded(self, encoder: Encoder) -> dict[str, Encoded]:
        """Return the next group by digest, empty when there is none."""
        begun = perf_counter()
        group = self._next()
        done = encoded(group, encoder) if group else []
        faster = SECONDS / max(perf_counter() - begun, 1e-3)
        self._size = int(min(GROUP, max(1, self._size * min(faster, 4))))
        return dict(zip((one.digest for one in group), done, strict=True))

    def _next(self) -> list[Document]:
        """Return the first documents that are left, one at least, up to the size in characters."""
        group: list[Document] = []
        total = 0
        while self._left and total < self._size:
            group.append(self._left.popleft())
            total += len(group[-1].text) + len(group[-1].title)
        return group
