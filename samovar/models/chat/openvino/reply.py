"""One request in an OpenVINO pipeline, from its prompt to its completion."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from typing import Any

from samovar.errors import ModelError
from samovar.models.chat.reply_text import ReplyText
from samovar.phrases import Phrase
from samovar.records import Completion, Finish

NO_ROOM = Phrase(
    "The engine has no memory for a conversation of {tokens} tokens.",
    "Движку не хватает памяти на разговор из {tokens} токенов.",
)
SHORTER = Phrase("Try a shorter text.", "Попробуйте текст покороче.")


class Reply:
    """Carry one request. Its caller reads events, only the engine's thread advances it."""

    def __init__(
        self, prompt: list[int], config: Any, text: ReplyText, stop: threading.Event | None
    ) -> None:
        """Take the prompt's ids, GenAI's generation config and the reply's decoder."""
        self.prompt = prompt
        self.config = config
        self.abandoned = threading.Event()
        """Set when nobody reads the reply any more."""
        self._text = text
        self._stop = stop
        self._events: queue.SimpleQueue[str | Completion | Exception] = queue.SimpleQueue()
        self._pieces: list[str] = []
        self._tokens = 0
        self._began = time.perf_counter()

    @property
    def cancelled(self) -> bool:
        """Tell whether the caller wants no more."""
        return self.abandoned.is_set() or (self._stop is not None and self._stop.is_set())

    @property
    def longest(self) -> int:
        """Return how many tokens prompt and reply may have together."""
        return len(self.prompt) + int(self.config.max_new_tokens)

    def advance(self, handle: Any) -> bool:
        """Take what the pipeline has for `handle`; return True when the reply has ended."""
        from openvino_genai import GenerationFinishReason, GenerationStatus

        finish: Finish | None = None
        while handle.can_read() and (outputs := handle.read()):
            for output in outputs.values():
                self._take(output.generated_ids)
                if output.finish_reason == GenerationFinishReason.LENGTH:
                    finish = "length"
        status = handle.get_status()
        if self._text.stopped:
            finish = "stop"
        elif self.cancelled:
            finish = "cancelled"
        elif status == GenerationStatus.IGNORED:
            self.fail(ModelError(NO_ROOM, SHORTER, tokens=self.longest))
            return True
        elif status != GenerationStatus.RUNNING:
            finish = finish or "stop"
        else:
            return False
        if status == GenerationStatus.RUNNING:
            handle.cancel()
        self.end(finish)
        return True

    def end(self, finish: Finish) -> None:
        """Hand the completion to the caller."""
        self._give(self._text.rest())
        spent = (time.perf_counter() - self._began) * 1000
        text = "".join(self._pieces)
        self._events.put(Completion(text, finish, len(self.prompt), self._tokens, spent))

    def fail(self, error: Exception) -> None:
        """Raise `error` in the caller."""
        self._events.put(error)

    def pieces(self) -> Iterator[str]:
        """Yield the text as it comes, in the caller's thread; closing it abandons the reply."""
        try:
            while isinstance(event := self._next(), str):
                yield event
        finally:
            self.abandoned.set()

    def completion(self) -> Completion:
        """Wait for the end, in the caller's thread."""
        while isinstance(event := self._next(), str):
            pass
        return event

    def _next(self) -> str | Completion:
        event = self._events.get()
        if isinstance(event, Exception):
            raise event
        return event

    def _take(self, ids: list[int]) -> None:
        for token in ids:
            if self._text.stopped:
                return
            self._tokens += 1
            self._give(self._text.add(token))

    def _give(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._events.put(piece)
