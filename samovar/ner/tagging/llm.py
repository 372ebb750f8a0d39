"""Named entities by a chat model whose reply must follow a JSON schema."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samovar.models.base import ChatModel
from samovar.ner.tagging.alignment import align
from samovar.ner.tagging.forms import JSON, TUNED, Form
from samovar.phrases import Language
from samovar.records import ChatRequest, Completion, Markup

BATCH = 16
"""Windows answered together; between batches a visitor can stop."""
BREAK = re.compile(r"[.!?…]+[\"»”)]*\s+|\n+")


class LlmTagger:
    """Ask `chat` for the names in each window of a text and find them again in the text."""

    def __init__(
        self,
        chat: ChatModel,
        adapter: str | None = None,
        stop: threading.Event | None = None,
        form: Form | None = None,
    ) -> None:
        self._form = form or (TUNED if adapter else JSON)
        self._chat = chat
        self._adapter = adapter
        self._stop = stop

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "llm-tuned" if self._adapter else "llm"

    def tag(self, texts: Sequence[str], language: Language) -> list[Markup]:
        """Return the spans of each text; its names stand in `invented` when it lacks them.

        Texts given together are answered together; the milliseconds of each are its share.
        `parsed` is False when one of the replies did not follow the schema (that reply's names
        are lost, those of the others are kept).
        """
        began = time.perf_counter()
        cut = [windows(text, self._form.window) for text in texts]
        requests = [self._form.request(w, language, self._adapter) for own in cut for w in own]
        answers = self._answers(requests)
        markups = [self._placed(text, own, answers) for text, own in zip(texts, cut, strict=True)]
        each = (time.perf_counter() - began) * 1000 / max(1, len(requests))
        return [
            replace(markup, milliseconds=each * len(own))
            for markup, own in zip(markups, cut, strict=True)
        ]

    def _placed(self, text: str, parts: Sequence[str], answers: Iterator[Completion]) -> Markup:
        """Return the names of one text, whose windows are answered next."""
        replies = [
            self._form.read(reply.text, part) for part, reply in zip(parts, answers, strict=False)
        ]
        aligned = align(text, [entity for reply in replies if reply for entity in reply])
        return Markup(aligned.spans, 0.0, aligned.invented, None not in replies)

    def _answers(self, requests: Sequence[ChatRequest]) -> Iterator[Completion]:
        for at in range(0, len(requests), BATCH):
            if self._stop and self._stop.is_set():
                return
            yield from self._chat.complete(requests[at : at + BATCH], self._stop)


def windows(text: str, size: int) -> list[str]:
    """Cut `text` into parts of at most `size` characters, after a sentence where possible.

    >>> windows("Ann left. Bob stayed.", 12)
    ['Ann left.', 'Bob stayed.']
    """
    parts: list[str] = []
    start = 0
    while start < len(text):
        end = _end(text, start, size)
        if part := text[start:end].strip():
            parts.append(part)
        start = end
    return parts


def _end(text: str, start: int, size: int) -> int:
    if len(text) - start <= size:
        return len(text)
    borders = [m.end() for m in BREAK.finditer(text, start, start + size)]
    if borders:
        return borders[-1]
    space = text.rfind(" ", start + 1, start + size)
    return space if space > start else start + size
