"""Run several streams of one chat model at once and mix their pieces as they come."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence

from samovar.models.base import ChatModel
from samovar.records import ChatRequest

Piece = tuple[int, str]
"""(number of the request, its next piece)"""


def together(
    chat: ChatModel, requests: Sequence[ChatRequest], stop: threading.Event | None = None
) -> Iterator[Piece]:
    """Yield the pieces of all `requests`, which the engine answers in one batch.

    Setting `stop` or closing the iterator ends every stream.

    Raises:
        ModelError: what any of the streams raised.
    """
    pieces: queue.SimpleQueue[Piece | BaseException | None] = queue.SimpleQueue()
    over = threading.Event()

    def read(number: int) -> None:
        try:
            stream = chat.stream(requests[number], over)
            for piece in stream:
                pieces.put((number, piece))
                if over.is_set() or (stop is not None and stop.is_set()):
                    over.set()
                    break
        except BaseException as error:  # handed to the reader, who raises it
            pieces.put(error)
        finally:
            pieces.put(None)

    threads = [threading.Thread(target=read, args=(i,), daemon=True) for i in range(len(requests))]
    for thread in threads:
        thread.start()
    running = len(threads)
    try:
        while running:
            piece = pieces.get()
            if isinstance(piece, BaseException):
                raise piece
            if piece is None:
                running -= 1
            else:
                yield piece
    finally:
        over.set()
